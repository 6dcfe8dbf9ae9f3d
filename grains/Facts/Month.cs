using System.Globalization;

namespace ClusterPulse.Facts;

/// <summary>A reference month, the only period there is: the number of months since year 0.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Month")]
public readonly record struct Month([property: Id(0)] int Index) : IComparable<Month>
{
    /// <summary>First month that is accepted, 1990-01.</summary>
    public static readonly Month Earliest = new(1990, 1);

    /// <summary>The month of a year.</summary>
    /// <param name="year">Gregorian year.</param>
    /// <param name="number">1 to 12.</param>
    public Month(int year, int number) : this((year * 12) + number - 1)
    {
    }

    /// <summary>Gregorian year.</summary>
    public int Year => Index / 12;

    /// <summary>1 to 12.</summary>
    public int Number => (Index % 12) + 1;

    /// <summary>First day of the month, midnight UTC.</summary>
    public DateTimeOffset Start => new(Year, Number, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The month that contains a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads <c>YYYY-MM</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Month month)
    {
        if (text.Length == 7 && text[4] == '-'
            && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= 12)
        {
            month = new(year, number);
            return true;
        }
        month = default;
        return false;
    }

    /// <summary>Reads <c>YYYY-MM</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Month Parse(string text) =>
        TryParse(text, out var month) ? month : throw new FormatException($"'{text}' is not a month (YYYY-MM)");

    public int CompareTo(Month other) => Index.CompareTo(other.Index);

    /// <summary><c>YYYY-MM</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Number:D2}");

    public static Month operator +(Month month, int months) => new(month.Index + months);
    public static Month operator -(Month month, int months) => new(month.Index - months);
    public static int operator -(Month left, Month right) => left.Index - right.Index;
    public static bool operator <(Month left, Month right) => left.Index < right.Index;
    public static bool operator >(Month left, Month right) => left.Index > right.Index;
    public static bool operator <=(Month left, Month right) => left.Index <= right.Index;
    public static bool operator >=(Month left, Month right) => left.Index >= right.Index;
}
