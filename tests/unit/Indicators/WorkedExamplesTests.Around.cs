using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.UnitTests.Indicators;

/// <content>What the places of examples are compared with.</content>
public sealed partial class WorkedExamplesTests
{
    /// <summary>What the place of an example is compared with: inputs that the nation or the parent has.</summary>
    private static Surroundings Around(Example example)
    {
        var cells = new CellTable();
        double In(string name) => example.Inputs[name];
        switch (example.Indicator)
        {
            case "cluster_stars" or "clusters" or "clustered_share" or "ellison_glaeser_gamma" or "fdi_into_clusters_ratio":
                return new(null, null) { Standings = StandingsIn(example) };
            case "location_quotient":
                Employment(cells, "39", Now, In("industry_in_nation"));
                Employment(cells, "17", Now, In("all_in_nation") - In("industry_in_nation"));
                break;
            case "krugman_specialisation" or "shift_share_persons":
                foreach (var (name, persons) in example.Inputs.Where(i => i.Key.StartsWith("nation_", StringComparison.Ordinal)))
                    Employment(cells, name[7..9], name.EndsWith("_then", StringComparison.Ordinal) ? Now - 12 : Now, persons);
                Complete(cells, Feed.Employment, Now - 12);
                break;
            case "fdi_performance_index":
                Fdi(cells, Now, In("fdi_of_nation_usd"));
                cells.Add(new(Measure.Output, "private|CNY", Now), (long)(In("output_of_nation_cny") * 100));
                break;
            case "fdi_share_change" when example.Labels.StartsWith("among=rivals", StringComparison.Ordinal):
                Invested(cells, Now, In("fdi_of_rivals_now"));
                Invested(cells, Now - 12, In("fdi_of_rivals_then"));
                Complete(cells, Feed.Fdi, Now - 23);
                var set = new RivalSet { Id = "it", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39"] };
                return Surroundings.None with { Rivals = new(set, [new(cells, ExchangeRates.None, _ => 2, Closed(example))]) };
            case "fdi_share_change":
                Fdi(cells, Now, In("fdi_of_parent_now"));
                Fdi(cells, Now - 12, In("fdi_of_parent_then"));
                Complete(cells, Feed.Fdi, Now - 23);
                break;
            case "fdi_share_losing_periods":
                for (var back = 0; back < 36; back++)
                {
                    Fdi(cells, Now - back, 1_000);
                    cells.Add(new(Measure.Reported, "fdi", Now - back), 1);
                }
                cells.Add(new(Measure.Active, "foreign", Now - 36), 1);
                break;
            default:
                return Surroundings.None;
        }
        var view = new CellView(cells, ExchangeRates.None, _ => 2, Closed(example));
        return new(view, view);
    }

    /// <summary>The nation's table, as far as the example says what stands in it.</summary>
    private static StandingsView StandingsIn(Example example)
    {
        var nation = new CellTable();
        var table = new StandingsTable("1", [], [], [], []);
        double In(string name) => example.Inputs[name];
        switch (example.Indicator)
        {
            case "cluster_stars":
                Employment(nation, "39", Now, In("industry_in_nation"));
                Employment(nation, "17", Now, In("all_in_nation") - In("industry_in_nation"));
                table = table with { Levels = [new("prefecture", Now, 333, [new("39", (long)In("first_tenth_from"), In("first_tenth_from_share"))])] };
                break;
            case "clusters":
                // Twice the nation's weight in any case; who is among the first is up to the month.
                var first = Now - (example.Inputs.Count - 1);
                Complete(nation, Feed.Employment, first, Now);
                for (var month = first; month <= Now; month += 1)
                {
                    Employment(nation, "39", month, 10_000);
                    Employment(nation, "17", month, 90_000);
                }
                table = table with
                {
                    Levels = [.. example.Inputs.Values.Select((stars, i) =>
                        new LevelMonth("prefecture", first + i, 333, [new("39", stars > 1 ? 5_000 : 5_001, stars > 2 ? 0.5 : 0.51)]))],
                };
                break;
            case "clustered_share":
                Complete(nation, Feed.Employment, Now - 2, Now);
                var employed = new CellTable();
                Employment(employed, "39", Now, In("in_clusters"));
                table = table with { Clusters = [new("3205", ["32", "CN"], [new("39", Now - 5, null)], employed.Encode())] };
                break;
            case "fdi_into_clusters_ratio":
                Complete(nation, Feed.Employment, Now - 14, Now - 12);
                var invested = new CellTable();
                invested.Add(new(Measure.FdiByIndustry, "39", "all|USD", Now), (long)In("into_clusters_usd") * 100);
                table = table with { Clusters = [new("3205", ["32", "CN"], [new("39", Now - 15, Now - 11)], invested.Encode())] };
                break;
            case "ellison_glaeser_gamma":
                table = table with { Spreads = [new("CN", Now, 2, In("squared_shares"), [new("39", In("g"))])] };
                break;
        }
        var open = new OpenStandings(table with { Nation = nation.Encode() }, cells => new(cells, ExchangeRates.None, _ => 2, Closed(example)));
        return (example.Indicator is "cluster_stars" or "clusters" ? open.Of("3205", "prefecture") : open.Of("CN", "nation"))!;
    }
}
