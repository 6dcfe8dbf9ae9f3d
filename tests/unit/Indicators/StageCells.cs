using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>A place of a thousand foreign-funded enterprises that all report, told by how many are linked.</summary>
internal static class StageCells
{
    public const long Enterprises = 1_000;

    /// <summary>The first month whose rate has one of a year before to be compared with.</summary>
    public static readonly Month First = new(2004, 1);

    /// <summary>A region.</summary>
    /// <param name="before">How many are linked through the two years before.</param>
    /// <param name="linked">How many in each month from <see cref="First"/> on.</param>
    public static CellTable Region(int before, params IReadOnlyList<int> linked) => Linked(new(), First - 23, before, linked);

    /// <summary>An estate.</summary>
    /// <param name="months">How many are linked in each month from <see cref="First"/> on, and the persons of its divisions.</param>
    public static CellTable Estate(params IReadOnlyList<(int Linked, int[] Persons)> months)
    {
        var cells = Linked(new(isEstate: true), First - 11, 0, [.. months.Select(m => m.Linked)])
            .Reported(Feed.Employment, First, First + (months.Count - 1), Enterprises);
        foreach (var (month, persons) in months.Select((m, i) => (First + i, m.Persons)))
        {
            for (var i = 0; i < persons.Length; i++)
                cells.Add(new(Measure.Employment, $"{13 + i}", "foreign", month), persons[i]);
        }
        return cells;
    }

    /// <summary>The stage that a place is in.</summary>
    public static string StageOf(CellTable cells, Month period) =>
        new Stage().At(cells.View(), period).Single(f => f.Value == 1).Labels["stage=".Length..];

    private static CellTable Linked(CellTable cells, Month from, int before, IReadOnlyList<int> linked)
    {
        cells.Active(from, Enterprises).Reported(Feed.Linkage, from, First + (linked.Count - 1), Enterprises);
        cells.Add(new(Measure.Linked, "", from), before);
        for (var i = 0; i < linked.Count; i++)
            cells.Add(new(Measure.Linked, "", First + i), linked[i] - (i == 0 ? before : linked[i - 1]));
        return cells;
    }
}
