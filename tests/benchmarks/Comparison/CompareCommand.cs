using System.CommandLine;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>Product and peers side by side in one run.</summary>
internal static class CompareCommand
{
    private static readonly string[] AllWorkloads = ["W1", "W1b", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9"];
    private static readonly string[] AllSubjects = ["sqlite", "postgres", "postgres4", "triggers", "bare"];

    public static Command Make()
    {
        var enterprises = new Option<int>("--enterprises") { Description = "How many enterprises report", DefaultValueFactory = _ => 20_000 };
        var warmUp = new Option<int>("--warm-up") { Description = "Months sent before anything is measured", DefaultValueFactory = _ => 4 };
        var rounds = new Option<int>("--rounds") { Description = "Months measured for each workload", DefaultValueFactory = _ => 5 };
        var senders = new Option<int>("--senders") { Description = "Streams at a time", DefaultValueFactory = _ => 2 };
        var trickle = new Option<int>("--trickle-seconds") { Description = "How long single reports are sent for W4", DefaultValueFactory = _ => 10 };
        var cold = new Option<int>("--cold-enterprises") { Description = "Enterprises of W3", DefaultValueFactory = _ => 100_000 };
        var backfill = new Option<int>("--backfill-enterprises") { Description = "Enterprises of W7", DefaultValueFactory = _ => 5_000 };
        var months = new Option<int>("--backfill-months") { Description = "Months of W7, at most 120", DefaultValueFactory = _ => 60 };
        var watchers = new Option<int>("--watchers") { Description = "Streams of changes open during W6", DefaultValueFactory = _ => 500 };
        var workloads = new Option<string[]>("--workloads")
        {
            Description = "W1 (all feeds of an enterprise together), W1b (feed by feed), W2 (revisions), W3 (one report of each enterprise, none in memory), "
                + "W4 (single reports), W5 (all in one county and estate), W6 (W1 with watchers), W7 (backfill), W8 (turn of a month), W9 (kill -9)",
            DefaultValueFactory = _ => AllWorkloads,
            AllowMultipleArgumentsPerToken = true,
        };
        workloads.AcceptOnlyFromAmong(AllWorkloads);
        var subjects = new Option<string[]>("--subjects")
        {
            Description = "sqlite (all in one), postgres (silo and gateway), postgres4 (four silos), triggers and bare (peers on PostgreSQL)",
            DefaultValueFactory = _ => [.. AllSubjects.Where(s => s != "postgres4")],
            AllowMultipleArgumentsPerToken = true,
        };
        subjects.AcceptOnlyFromAmong(AllSubjects);
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for comparison.md and comparison.json" };
        var command = new Command("compare", "Ingest of the product as shipped beside what a user would build instead, all as processes of this machine")
        {
            enterprises, warmUp, rounds, senders, trickle, cold, backfill, months, watchers, workloads, subjects, output,
        };
        command.SetAction(async (parsed, _) =>
        {
            var size = new ComparisonSize(
                parsed.GetValue(enterprises), parsed.GetValue(warmUp), parsed.GetValue(rounds), parsed.GetValue(senders), parsed.GetValue(trickle), 1_000,
                parsed.GetValue(cold), parsed.GetValue(backfill), parsed.GetValue(months), parsed.GetValue(watchers));
            var comparer = new Comparer(size, () => [.. parsed.GetValue(subjects)!.Select(Subject)], Console.WriteLine);
            var report = new ComparisonReport(size, comparer.World, await comparer.RunAsync(parsed.GetValue(workloads)!));
            report.Print();
            if (parsed.GetValue(output) is { } folder)
                report.Write(folder);
        });
        return command;
    }

    private static ISubject Subject(string word) => word switch
    {
        "sqlite" => new Product("ClusterPulse all in one, SQLite", ProductServers.StartAllInOneAsync),
        "postgres" => new Product("ClusterPulse, silo and gateway, PostgreSQL", () => ProductServers.StartOnPostgresAsync(1)),
        "postgres4" => new Product("ClusterPulse, 4 silos and gateway, PostgreSQL", () => ProductServers.StartOnPostgresAsync(4)),
        "triggers" => new PostgresPeer(keepsSums: true),
        _ => new PostgresPeer(keepsSums: false),
    };
}
