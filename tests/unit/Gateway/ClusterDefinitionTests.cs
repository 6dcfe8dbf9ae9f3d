using ClusterPulse.Gateway.Registry;
using ClusterPulse.Ingest;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.V1;
using Google.Protobuf.Collections;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using Held = ClusterPulse.Clusters.ClusterDefinition;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>What a cluster definition must be.</summary>
public sealed class ClusterDefinitionTests(LoadedReference reference)
{
    private static readonly Held New = new() { Id = "chips", Industries = [] };

    [Fact]
    public void A_good_one_is_taken_over_in_one_order()
    {
        var made = Read(New, Good());

        Assert.Equal(("chips", "芯片", "Chips", 0L), (made.Id, made.NameZh, made.NameEn, made.Version));
        Assert.Equal(["3562", "3973", "3976"], made.Industries);
        Assert.Equal(["3205", "4419"], made.Regions);
        var message = ClusterDefinitionMessages.ToMessage(made with { Version = 7 });
        Assert.Equal(("clusterDefinitions/chips", "7"), (message.Name, message.Etag));
        Assert.Equal(["regions/3205", "regions/4419"], message.Regions);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var bad = new ClusterDefinition { Industries = { "39", "3973", "C", "39", "" }, Regions = { "regions/3205", "nowhere", "3205" } };

        Assert.Equal(
            [
                ("cluster_definition.display_name", Reasons.MissingField),
                ("cluster_definition.industries[1]", Reasons.OverlappingIndustry),
                ("cluster_definition.industries[2]", Reasons.UnknownIndustry),
                ("cluster_definition.industries[3]", Reasons.OverlappingIndustry),
                ("cluster_definition.industries[4]", Reasons.UnknownIndustry),
                ("cluster_definition.regions[1]", Reasons.UnknownRegion),
                ("cluster_definition.regions[2]", Reasons.RepeatedLine),
            ],
            Wrong(() => Read(New, bad)));
        var empty = Good();
        empty.Industries.Clear();
        Assert.Equal([("cluster_definition.industries", Reasons.MissingField)], Wrong(() => Read(New, empty)));
        var tooMany = Good();
        tooMany.Regions.Add(Enumerable.Repeat("regions/32", 1_001));
        Assert.Contains(("cluster_definition.regions", Reasons.OutOfBounds), Wrong(() => Read(New, tooMany)));
        var tooLong = Good();
        tooLong.DisplayName.En = new('x', 201);
        Assert.Equal([("cluster_definition.display_name", Reasons.TooLong)], Wrong(() => Read(New, tooLong)));
    }

    [Fact]
    public void A_mask_takes_over_what_it_names_and_looks_at_nothing_else()
    {
        var held = Read(New, Good());
        var sent = new ClusterDefinition { Name = "clusterDefinitions/chips", Industries = { "3973" }, Regions = { "nowhere" } };

        Assert.Equal(held with { Industries = ["3973"] }, Read(held, sent, "industries", "name", "etag") with { }, new ByText());
        Assert.Equal([("update_mask", Reasons.UnknownField)], Wrong(() => Read(held, sent, "id")));
        Assert.Equal(3, Wrong(() => Read(held, new() { Regions = { "nowhere" } }, "*")).Count);
    }

    [Theory]
    [InlineData("clusterDefinitions/chips", "chips")]
    [InlineData("ev-2", "ev-2")]
    public void Names_and_ids_are_read(string name, string id) => Assert.Equal(id, ClusterDefinitionMessages.Id("name", name));

    [Theory]
    [InlineData("", Reasons.MissingField)]
    [InlineData("39", Reasons.MalformedDefinition)]
    [InlineData("x", Reasons.MalformedDefinition)]
    [InlineData("-", Reasons.MalformedDefinition)]
    [InlineData("Chips", Reasons.MalformedDefinition)]
    [InlineData("a,b", Reasons.MalformedDefinition)]
    [InlineData("estates/chips", Reasons.MalformedDefinition)]
    public void What_is_no_id_is_refused(string name, string reason) =>
        Assert.Equal([("name", reason)], Wrong(() => ClusterDefinitionMessages.Id("name", name)));

    [Theory]
    [InlineData("", null)]
    [InlineData("12", 12L)]
    [InlineData("x", -1L)]
    public void An_etag_is_a_version(string etag, long? version) => Assert.Equal(version, ClusterDefinitionMessages.Version(etag));

    private static ClusterDefinition Good() => new()
    {
        DisplayName = new() { Zh = "芯片", En = "Chips" },
        Industries = { "3973", "3976", "3562" },
        Regions = { "regions/4419", "3205" },
    };

    private Held Read(Held held, ClusterDefinition message, params string[] mask) =>
        ClusterDefinitionMessages.FromMessage(held, message, mask.Length == 0 ? null : new RepeatedField<string> { mask }, reference.Data);

    private static List<(string, string)> Wrong(Func<object> read)
    {
        var status = Assert.Throws<RpcException>(read).GetRpcStatus()!;
        Assert.Equal((int)Code.InvalidArgument, status.Code);
        return [.. status.GetDetail<BadRequest>()!.FieldViolations.Select(v => (v.Field, v.Reason))];
    }

    private sealed class ByText : IEqualityComparer<Held>
    {
        public bool Equals(Held? x, Held? y) => Text(x!) == Text(y!);

        public int GetHashCode(Held obj) => obj.Id.GetHashCode(StringComparison.Ordinal);

        private static string Text(Held d) => $"{d.Id} {d.NameZh} {d.NameEn} {string.Join(' ', d.Industries)} {string.Join(' ', d.Regions)} {d.Version}";
    }
}
