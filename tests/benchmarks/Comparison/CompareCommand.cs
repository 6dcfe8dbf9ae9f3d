using System.CommandLine;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>Product and peers side by side in one run.</summary>
internal static class CompareCommand
{
    private static readonly string[] AllWorkloads = ["W1", "W1b", "W2", "W4"];
    private static readonly string[] AllSubjects = ["sqlite", "postgres", "triggers", "bare"];

    public static Command Make()
    {
        var enterprises = new Option<int>("--enterprises") { Description = "How many enterprises report", DefaultValueFactory = _ => 20_000 };
        var warmUp = new Option<int>("--warm-up") { Description = "Months sent before anything is measured", DefaultValueFactory = _ => 4 };
        var rounds = new Option<int>("--rounds") { Description = "Months measured for each workload", DefaultValueFactory = _ => 5 };
        var senders = new Option<int>("--senders") { Description = "Streams at a time", DefaultValueFactory = _ => 2 };
        var trickle = new Option<int>("--trickle-seconds") { Description = "How long single reports are sent for W4", DefaultValueFactory = _ => 10 };
        var silos = new Option<int>("--silos") { Description = "Silos over PostgreSQL", DefaultValueFactory = _ => 1 };
        var workloads = new Option<string[]>("--workloads")
        {
            Description = "W1 (all feeds of an enterprise together), W1b (feed by feed), W2 (revisions), W4 (single reports)",
            DefaultValueFactory = _ => AllWorkloads,
            AllowMultipleArgumentsPerToken = true,
        };
        workloads.AcceptOnlyFromAmong(AllWorkloads);
        var subjects = new Option<string[]>("--subjects")
        {
            Description = "sqlite (all in one), postgres (silo and gateway), triggers and bare (peers on PostgreSQL)",
            DefaultValueFactory = _ => AllSubjects,
            AllowMultipleArgumentsPerToken = true,
        };
        subjects.AcceptOnlyFromAmong(AllSubjects);
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for comparison.md and comparison.json" };
        var command = new Command("compare", "Ingest of the product as shipped beside what a user would build instead, all as processes of this machine")
        {
            enterprises, warmUp, rounds, senders, trickle, silos, workloads, subjects, output,
        };
        command.SetAction(async (parsed, _) =>
        {
            var size = new ComparisonSize(
                parsed.GetValue(enterprises), parsed.GetValue(warmUp), parsed.GetValue(rounds), parsed.GetValue(senders), parsed.GetValue(trickle), 1_000);
            var chosen = parsed.GetValue(subjects)!.Select(word => Subject(word, parsed.GetValue(silos))).ToList();
            try
            {
                var comparer = new Comparer(size, chosen, Console.WriteLine);
                var report = new ComparisonReport(size, comparer.World, await comparer.RunAsync(parsed.GetValue(workloads)!));
                report.Print();
                if (parsed.GetValue(output) is { } folder)
                    report.Write(folder);
            }
            finally
            {
                foreach (var subject in chosen)
                    await subject.DisposeAsync();
            }
        });
        return command;
    }

    private static ISubject Subject(string word, int silos) => word switch
    {
        "sqlite" => new Product("ClusterPulse all in one, SQLite", ProductServers.StartAllInOneAsync),
        "postgres" => new Product($"ClusterPulse, {silos} silo and gateway, PostgreSQL", () => ProductServers.StartOnPostgresAsync(silos)),
        "triggers" => new PostgresPeer(keepsSums: true),
        _ => new PostgresPeer(keepsSums: false),
    };
}
