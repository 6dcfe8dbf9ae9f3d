using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Cli;

/// <summary>Figures from files, as docs/facts-as-csv.md says.</summary>
public sealed class ComputeCommandTests : IDisposable
{
    private const string Enterprises =
        """
        enterprise,valid_from,region,industry,ownership,estate,hi_tech,closed
        a,2004-01,320583,3911,foreign,ksetdz,true,
        b,2004-01,320583,3911,hmt,,,
        c,2004-01,320585,3411,private,,,
        d,2004-01,330302,1951,private,,,
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_example_of_the_documentation_comes_out()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Folder("docs"), "facts-as-csv.md"), TestContext.Current.CancellationToken);
        var blocks = text.Split("```csv\n")[1..].Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Write("enterprises.csv", blocks[0]);
        Write("reports.csv", blocks[1]);
        var expected = text[(text.LastIndexOf("```\nlocal", StringComparison.Ordinal) + 4)..].Split('\n')[0];

        var run = await ComputeAsync("--newest");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains(expected, run.Output.Split(["\r\n", "\n"], StringSplitOptions.None));
    }

    [Fact]
    public async Task Every_place_has_every_indicator_of_every_complete_month()
    {
        Facts();

        var run = await ComputeAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        var rows = run.Output.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("indicator,level,code,industry,period,label,value,status", rows[0]);
        // By hand: 1,000 + 3,000 + 500 yuan; 300 of 1,000 US dollars at 8.3 are bought locally by one of two firms.
        Assert.Contains("output_cny,prefecture,3205,,2004-01,,4500.5,FINAL", rows);
        Assert.Contains("output_cny,estate,ksetdz,,2004-01,,1000,FINAL", rows);
        Assert.Contains("output_cny,nation,CN,,2004-01,,5250.5,FINAL", rows);
        Assert.Contains("local_linkage_ratio,prefecture,3205,,2004-01,,0.5,PROVISIONAL", rows);
        Assert.Contains("local_sourcing_ratio,prefecture,3205,,2004-01,,0.3,PROVISIONAL", rows);
        Assert.Contains("fdi_top_source_share,prefecture,3205,,2004-01,\"basis=immediate,source=TW\",0.75,PROVISIONAL", rows);
        Assert.Contains("fdi_top_source_share,prefecture,3205,,2004-01,\"basis=ultimate,source=HK\",1,PROVISIONAL", rows);
        Assert.Contains("local_linkage_ratio,prefecture,3303,,2004-01,,,NO_DENOMINATOR", rows);
        Assert.Contains("4 enterprises, 13 reports", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Investors_that_are_named_are_told_apart()
    {
        Write("enterprises.csv", "enterprise,valid_from,region,industry,ownership\na,2004-01,320583,3911,hmt\nb,2004-01,320583,3911,foreign\n");
        Write(
            "reports.csv",
            """
            enterprise,feed,period,value,currency,source,investor
            a,fdi,2004-01,60,USD,TW,Acer
            a,fdi,2004-01,20,USD,TW,BenQ
            b,fdi,2004-01,20,USD,HK,
            """);

        var run = await ComputeAsync("--period", "2004-01");

        Assert.True(run.ExitCode == 0, run.ToString());
        // 80 of 100 are named; of these 0.75² + 0.25².
        Assert.Contains("fdi_investor_hhi,prefecture,3205,,2004-01,,0.625,PROVISIONAL", run.Output.Split(["\r\n", "\n"], StringSplitOptions.None));
    }

    [Fact]
    public async Task Named_clusters_have_figures_of_their_own()
    {
        Facts();
        Write("cluster_definitions.csv", "definition,industries,regions\npc,3911,3205 32\nmixed,39 195,\n");
        Write("watches.csv", "region,cluster\n320585,34\nCN,mixed\n330302,\n");

        var run = await ComputeAsync("--period", "2004-01");

        Assert.True(run.ExitCode == 0, run.ToString());
        var rows = run.Output.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("output_cny,prefecture,3205,pc,2004-01,,4000,FINAL", rows);
        Assert.Contains("output_cny,prefecture,3205,,2004-01,,4500.5,FINAL", rows);
        Assert.Contains("output_cny,county,320585,34,2004-01,,500.5,FINAL", rows);
        Assert.Contains("output_cny,nation,CN,mixed,2004-01,,4750,FINAL", rows);
        Assert.Contains("local_linkage_ratio,province,32,pc,2004-01,,0.5,PROVISIONAL", rows);
        Assert.Contains("cluster_type,prefecture,3205,pc,2004-01,type=embedding,1,FINAL", rows);
        Assert.DoesNotContain(rows, r => r.StartsWith("output_cny,county,320583,pc", StringComparison.Ordinal));

        Write("cluster_definitions.csv", "definition,industries,regions\n39,39 3911,nowhere\n");
        var wrong = await ComputeAsync("--period", "2004-01");
        Assert.All(
            [
                "cluster_definitions.csv:2: definition: '39': must begin with a letter",
                "cluster_definitions.csv:2: industries: '39 3911': none may lie inside another",
                "cluster_definitions.csv:2: regions: 'nowhere': must be codes of regions",
                "watches.csv:3: cluster: 'mixed': must be a GB/T 4754 code",
            ],
            problem => Assert.Contains(problem, wrong.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_is_written_where_one_is_named()
    {
        Facts();
        var file = Path.Combine(_folder.Path, "figures.csv");

        var run = await ComputeAsync("--period", "2004-02", "--file", file);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Empty(run.Output);
        var rows = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        // One of three has reported, a tenth of the month before: an estimate. Of employment nothing is known.
        Assert.Contains("output_cny,prefecture,3205,,2004-02,,450.05,FLASH", rows);
        Assert.Contains("employment_persons,prefecture,3205,,2004-02,,,INCOMPLETE", rows);
    }

    [Fact]
    public async Task Each_wrong_value_is_named_with_its_place_and_rule_and_nothing_is_computed()
    {
        Write("enterprises.csv", Enterprises.Replace("320585", "329999", StringComparison.Ordinal));
        Write(
            "reports.csv",
            """
            enterprise,feed,period,value,currency,colour
            """);
        var header = await ComputeAsync();
        Write(
            "reports.csv",
            """
            enterprise,feed,period,value,currency
            a,output,2004-13,100,CNY
            a,output,2004-01,1.234,CNY
            a,output,2003-12,1,CNY
            zz,output,2004-01,1,CNY
            a,linkage,2004-01,1,CNY
            a,employment,2004-01,"1,000",
            b,output,2004-01,79228162514264337593543950335,CNY
            c,employment,2004-01,100000001,
            d,output,2004-01,7"5,CNY
            """);

        var run = await ComputeAsync();

        Assert.Equal((2, 2), (header.ExitCode, run.ExitCode));
        Assert.Contains("reports.csv:1: colour: no such column", header.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.All(
            [
                "enterprises.csv:4: region: '329999': must be a region's code",
                "enterprises.csv:2: estate: 'ksetdz': must be one of estates.csv",
                "reports.csv:2: period: '2004-13': must be a month",
                "reports.csv:3: value: '1.234': must be at most 100000000000000 either way, with at most 2 decimal places",
                "reports.csv:4: period: '2003-12': a is registered from 2004-01 on",
                "reports.csv:5: enterprise: 'zz': must be one of enterprises.csv",
                "reports.csv:6: supplier: a line of linkage names a supplier",
                "reports.csv:7: value: '1,000': must be a number",
                "reports.csv:8: value: '79228162514264337593543950335': must be at most",
                "reports.csv:9: value: '100000001': must be whole persons, at most 100000000",
                "reports.csv:10: ",
                "must begin and end with one, and double those within",
            ],
            problem => Assert.Contains(problem, run.Errors, StringComparison.Ordinal));
        Assert.Contains("Nothing was computed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var run = await CommandLine.RunAsync("indicators", "compute", "--facts", "/nowhere");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no folder", run.Errors, StringComparison.Ordinal);
    }

    private void Facts()
    {
        Write("enterprises.csv", Enterprises);
        Write("estates.csv", "estate,region,valid_from\nksetdz,320583,2004-01\n");
        Write("exchange_rates.csv", "currency,target,period,rate\nUSD,CNY,2004-01,8.3\n");
        Write("closed_periods.csv", "feed,period\noutput,2004-01\n");
        Write(
            "reports.csv",
            """
            enterprise,feed,period,value,currency,nil,source,ultimate_source,supplier,supplier_economy
            a,output,2004-01,1000,CNY,,,,,
            b,output,2004-01,3000,CNY,,,,,
            c,output,2004-01,500.5,CNY,,,,,
            d,output,2004-01,750,CNY,,,,,
            a,output,2004-02,100,CNY,,,,,
            a,employment,2004-01,10,,,,,,
            b,employment,2004-01,20,,,,,,
            c,employment,2004-01,30,,,,,,
            d,employment,2004-01,40,,,,,,
            a,fdi,2004-01,75,USD,,TW,HK,,
            a,fdi,2004-01,25,USD,,HK,,,
            b,fdi,2004-01,,,true,,,,
            a,linkage,2004-01,300,USD,,,,c,
            a,linkage,2004-01,5810,CNY,,,,,JP
            b,linkage,2004-01,,,true,,,,
            """);
    }

    private Task<CommandLine> ComputeAsync(params string[] options) =>
        CommandLine.RunAsync(["indicators", "compute", "--facts", _folder.Path, .. options]);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.Path, file), text);
}
