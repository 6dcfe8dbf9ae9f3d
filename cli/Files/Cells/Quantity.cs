using ClusterPulse.Ingest;

namespace ClusterPulse.Cli.Files.Cells;

/// <summary>Numbers of cells, to the last digit: digits are counted and moved, never divided or rounded.</summary>
internal static class Quantity
{
    /// <summary>More than any amount that is stored has.</summary>
    private const int MostDigits = 20;

    /// <summary>Digits that are kept at all: zeros at the end may be many.</summary>
    private const int KeptDigits = MostDigits + 10;

    /// <summary>Reads a number and gives it in a smaller unit.</summary>
    /// <param name="text">What stands in the cell.</param>
    /// <param name="decimalSign">What stands before decimals; the other of point and comma separates thousands.</param>
    /// <param name="power">How many powers of ten the smaller unit is below the one that is written, 0 or more.</param>
    /// <param name="amount">The number in the smaller unit.</param>
    /// <returns>The reason why it is none; null: it is one.</returns>
    public static string? Read(string text, char decimalSign, int power, out long amount)
    {
        amount = 0;
        if (!TryDigits(CellText.Fold(text), decimalSign, out var negative, out var digits, out var decimals, out var length))
            return Reasons.MalformedNumber;
        if (length > KeptDigits)
            return length - decimals > MostDigits ? Reasons.OutOfBounds : Reasons.TooPrecise;
        while (decimals > 0 && digits % 10 == 0)
            (digits, decimals, length) = (digits / 10, decimals - 1, length - 1);
        if (length > MostDigits)
            return decimals > power ? Reasons.TooPrecise : Reasons.OutOfBounds;
        if (decimals > power)
            return Reasons.TooPrecise;
        for (var i = decimals; i < power; i++)
            digits *= 10;
        if (digits > long.MaxValue)
            return Reasons.OutOfBounds;
        amount = negative ? -(long)digits : (long)digits;
        return null;
    }

    private static bool TryDigits(string text, char decimalSign, out bool negative, out UInt128 digits, out int decimals, out int length)
    {
        var thousands = decimalSign == '.' ? ',' : '.';
        negative = text.StartsWith('-');
        (digits, decimals, length) = (0, 0, 0);
        var (sinceGroup, hasGroups, hasSign, any) = (0, false, false, false);
        foreach (var c in text.AsSpan(negative || text.StartsWith('+') ? 1 : 0))
        {
            if (char.IsAsciiDigit(c))
            {
                any = true;
                sinceGroup++;
                if (length > 0 || c != '0')
                {
                    // Beyond what counts the digits are only counted.
                    if (length++ < KeptDigits)
                        digits = (digits * 10) + (uint)(c - '0');
                }
                if (hasSign)
                    decimals++;
            }
            else if (c == decimalSign && !hasSign && any && (!hasGroups || sinceGroup == 3))
            {
                hasSign = true;
            }
            else if (c == thousands && !hasSign && any && (hasGroups ? sinceGroup == 3 : sinceGroup is >= 1 and <= 3))
            {
                (hasGroups, sinceGroup) = (true, 0);
            }
            else
            {
                return false;
            }
        }
        return any && !text.EndsWith(decimalSign) && (hasSign || !hasGroups || sinceGroup == 3);
    }
}
