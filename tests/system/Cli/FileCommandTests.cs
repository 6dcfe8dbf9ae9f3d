using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>A bad file is mapped, checked, mended and checked again, as docs/files.md says.</summary>
public sealed class FileCommandTests : IDisposable
{
    private const string Firm = "91320500MA1MC01X0R";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bad_file_comes_back_as_rejects_that_can_be_mended()
    {
        var (file, rejects) = (Write("bad.csv", $"企业代码,厂名,报告期,产值(千元)\n{Firm},某厂,2025-13,1\n{Firm},某厂,2025-09,2\n"), Path.Combine(_folder.Path, "rejects.csv"));

        var bad = await CommandLine.RunAsync("validate", file, "--rejects", rejects);

        Assert.Equal(3, bad.ExitCode);
        Assert.Contains("bad.csv:2: 报告期: '2025-13': MALFORMED_PERIOD: ", bad.Errors, StringComparison.Ordinal);
        Assert.Contains("厂名", bad.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(rejects, (await File.ReadAllTextAsync(rejects, Now)).Replace($"{Firm},某厂,2025-13", $"{Firm},某厂,2025-08", StringComparison.Ordinal), Now);
        var mended = await CommandLine.RunAsync("validate", rejects, "--output", "json");
        Assert.True(mended.ExitCode == 0, mended.ToString());
        var result = JsonDocument.Parse(mended.Output).RootElement.GetProperty("files")[0];
        Assert.Equal((1, 0), (result.GetProperty("valid").GetInt32(), result.GetProperty("rejected").GetInt32()));
        Assert.Equal("厂名", result.GetProperty("unmapped_columns")[0].GetString());
    }

    [Fact]
    public async Task A_mapping_is_proposed_saved_and_used()
    {
        var file = Write("odd.csv", $"企业代码,月份,产值,编号\n{Firm},2025-09,2,7\n");

        var unsaid = await CommandLine.RunAsync("validate", file);
        var map = await CommandLine.RunAsync("map", file, "--save");
        var again = await CommandLine.RunAsync("map", file, "--save");

        Assert.Equal((2, 0, 2), (unsaid.ExitCode, map.ExitCode, again.ExitCode));
        Assert.Contains("UNKNOWN_UNIT", unsaid.Errors, StringComparison.Ordinal);
        Assert.Contains("UNMAPPED", map.Output, StringComparison.Ordinal);
        var saved = file + ".map.json";
        await File.WriteAllTextAsync(
            saved,
            (await File.ReadAllTextAsync(saved, Now)).Replace("\"field\": \"output\"", "\"field\": \"output\", \"unit\": \"亿元\"", StringComparison.Ordinal), Now);
        var said = await CommandLine.RunAsync("validate", file);
        Assert.True(said.ExitCode == 0, said.ToString());
        Assert.Contains("编号", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wide.csv", 5)]
    [InlineData("wide.xlsx", 5)]
    [InlineData("gb18030.csv", 1)]
    [InlineData("sdmx.csv", 4)]
    public async Task The_examples_are_whole(string name, int reports)
    {
        var run = await CommandLine.RunAsync("validate", Path.Combine(Repository.Folder("docs"), "files", name), "--json");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(reports, JsonDocument.Parse(run.Output).RootElement.GetProperty("files")[0].GetProperty("valid").GetInt32());
    }

    [Theory]
    [InlineData(2, "cannot be read", "validate", "nowhere.csv")]
    [InlineData(2, "cannot be read", "map", "nowhere.csv")]
    [InlineData(64, "one file at a time", "validate", "a.csv", "b.csv", "--rejects", "r.csv")]
    [InlineData(64, "must not be the file", "validate", "a.csv", "--rejects", "a.csv")]
    public async Task What_cannot_be_carried_out_says_why(int code, string why, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
