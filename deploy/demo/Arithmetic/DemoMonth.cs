using System.Globalization;

namespace ClusterPulse.Demo.Arithmetic;

/// <summary>Months counted from 2003-01 as 0.</summary>
internal static class DemoMonth
{
    private const int FirstYear = 2003;

    public static string Name(int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstYear + month / 12:0000}-{month % 12 + 1:00}");
}
