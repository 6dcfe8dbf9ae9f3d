using System.Globalization;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Grpc.Net.Client;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Facts that no sender touches: a county of foreign-funded firms none of which buys locally and all of whose investment is
/// from one source, so that alerts fire; and the counties of other provinces that the senders play with.</summary>
internal static class SoakWorld
{
    public const string QuietCounty = "320585";
    private const int Firms = 60;
    private const int Months = 24;

    private static readonly string[] PlayGrounds = ["3303", "4401", "5101", "5001"];

    /// <summary>Not the province: its concentration is compared with the nation's, to which the senders add.</summary>
    public static IReadOnlySet<string> QuietCodes { get; } = new HashSet<string>(StringComparer.Ordinal) { QuietCounty, "3205" };

    /// <summary>Counties, some of which share a locality.</summary>
    public static IReadOnlyList<string> Counties { get; } =
        [.. PlayGrounds.SelectMany(p => ReferenceData.Load().Regions.TryGet(p, out var region) ? region.Children.Take(4).Select(c => c.Code) : [])];

    public static async Task LoadQuietCountyAsync(GrpcChannel channel)
    {
        using (var call = new RegistryService.RegistryServiceClient(channel).ImportEnterprises())
        {
            var request = new ImportEnterprisesRequest();
            for (var i = 0; i < Firms; i++)
            {
                request.Enterprises.Add(new Enterprise
                {
                    Name = Name(i), ValidFrom = "2000-01", Region = QuietCounty, Industry = "391", Ownership = Ownership.Foreign, InvestorEconomy = "TW",
                });
            }
            await call.RequestStream.WriteAsync(request);
            await call.ResponseStream.MoveNext(default);
            await call.RequestStream.CompleteAsync();
        }
        var reporting = new ReportingService.ReportingServiceClient(channel);
        for (var month = 0; month < Months; month++)
        {
            var batch = new BatchCreateReportsRequest { Parent = "bureaus/quiet", RequestId = string.Create(CultureInfo.InvariantCulture, $"quiet-{month}") };
            var period = string.Create(CultureInfo.InvariantCulture, $"{2003 + (month / 12)}-{(month % 12) + 1:D2}");
            for (var i = 0; i < Firms; i++)
            {
                var amount = 1_000_000 + (i * 10_000);
                batch.Reports.Add(new Report { Enterprise = Name(i), Period = period, Feed = Feed.Output, Output = new() { Value = Cny(amount) } });
                batch.Reports.Add(new Report { Enterprise = Name(i), Period = period, Feed = Feed.Export, Export = new() { Value = Cny(amount / 2) } });
                batch.Reports.Add(new Report { Enterprise = Name(i), Period = period, Feed = Feed.Employment, Employment = new() { Persons = 100 + i } });
                batch.Reports.Add(new Report { Enterprise = Name(i), Period = period, Feed = Feed.Linkage, Nil = true });
                batch.Reports.Add(new Report
                {
                    Enterprise = Name(i), Period = period, Feed = Feed.Fdi,
                    Fdi = new() { Lines = { new FdiLine { SourceEconomy = i % 20 == 0 ? "JP" : "TW", Utilised = new() { Currency = "USD", MinorUnits = 50_000 + i } } } },
                });
            }
            await reporting.BatchCreateReportsAsync(batch);
        }
    }

    private static string Name(int firm) => string.Create(CultureInfo.InvariantCulture, $"enterprises/org-Q{firm:D8}");

    private static Money Cny(long fen) => new() { Currency = "CNY", MinorUnits = fen };
}
