using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace ClusterPulse.UnitTests.Messages;

/// <summary>The bytes of each message, kept in files, so that a silo of one version understands those of another.</summary>
public sealed class MessageBytesTests : IDisposable
{
    /// <summary>Ends an object on the wire: extended wire type, end of a tag-delimited field.</summary>
    private const byte EndObject = 0b1110_0000;

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<string> Aliases => [.. MessageTypes.Serialised.Select(MessageTypes.AliasOrName)];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Aliases))]
    public void TheSampleOfAMessageFillsEveryMember(string alias)
    {
        var sample = Sample(alias);
        Assert.All(MessageTypes.Members(sample.GetType()), m =>
            Assert.True(MessageTypes.IsFilled(m, sample), $"the sample of {alias} leaves out {m.Name}: fill it in {nameof(MessageSamples)}"));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void TheBytesOfAMessageAreThoseWrittenDownAndThoseOfEveryVersionCanBeRead(string alias)
    {
        var (sample, file) = (Sample(alias), $"{alias}.hex");
        var bytes = Convert.ToHexStringLower(Serialise(sample));
        if (GoldenFolder.Read(file) is not [.., var newest] || newest != bytes)
            GoldenFolder.Offer(file, bytes);

        var written = GoldenFolder.Read(file);
        Assert.True(written.Count > 0, $"There are no bytes of {alias} yet. {GoldenFolder.Advice(file)}");
        Assert.True(
            written[^1] == bytes,
            $"The bytes of {alias} have changed.\nwritten: {written[^1]}\nnow:     {bytes}\nA message may gain members with new ids; what it has must stay. {GoldenFolder.Advice(file)}");
        Assert.All(written, version => Assert.IsType(sample.GetType(), Deserialise(version)));
        // Compared as bytes: the samples have no member at its default, so whatever got lost on the way is missing here too.
        Assert.Equal(bytes, Convert.ToHexStringLower(Serialise(Deserialise(bytes))));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void AMemberThatALaterVersionAddsIsPassedOver(string alias)
    {
        var sample = Sample(alias);
        var bytes = Serialise(sample);
        Assert.Equal(EndObject, bytes[^1]);
        // Field headers: wire type, schema "as expected", distance of the id from the one before.
        byte[] number = [0b000_00_110, 0b0000_0011];
        byte[] text = [0b010_00_001, 0b0000_0111, (byte)'a', (byte)'b', (byte)'c'];
        byte[] later = [.. bytes[..^1], .. number, .. text, EndObject];

        var read = Deserialise(Convert.ToHexString(later));

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Serialise(read)));
    }

    [Fact]
    public void AnObjectThatALaterVersionAddsIsPassedOverWithAllThatItRefersTo()
    {
        var note = new LaterNote("spare");
        var bytes = Serializer.SerializeToArray(new LaterOrigin("3205", "s1", 7, [note, note]));

        Assert.Equal(new Facts.ReportOrigin("3205", "s1", 7), Serializer.Deserialize<Facts.ReportOrigin>(bytes));
    }

    [Fact]
    public void EveryFileBelongsToAMessage() =>
        Assert.Empty(GoldenFolder.Aliases().Except(MessageTypes.Serialised.Select(MessageTypes.AliasOrName)));

    /// <summary>As an object, so that the alias is in the bytes as it is in calls and answers.</summary>
    private byte[] Serialise(object message) => Serializer.SerializeToArray(message);

    private object Deserialise(string hex) => Serializer.Deserialize<object>(Convert.FromHexString(hex))!;

    private static object Sample(string alias)
    {
        var type = MessageTypes.Serialised.Single(t => MessageTypes.AliasOrName(t) == alias);
        Assert.True(MessageSamples.ByType.TryGetValue(type, out var sample), $"{type.FullName} has no sample: add one to {nameof(MessageSamples)}");
        return sample;
    }
}

/// <summary><see cref="Facts.ReportOrigin"/> as a later version might have it. Only what is inside goes over the wire here, so the
/// alias may differ.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Tests.LaterOrigin")]
public sealed record LaterOrigin(
    [property: Id(0)] string Bureau, [property: Id(1)] string Submission, [property: Id(2)] long Row, [property: Id(3)] List<LaterNote> Notes);

/// <summary>A type that this version does not know.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Tests.LaterNote")]
public sealed record LaterNote([property: Id(0)] string Text);
