using System.Globalization;

namespace ClusterPulse.Validation;

/// <summary>Text that every store and every terminal can hold: no control characters, no halves of surrogate pairs.</summary>
public static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The first character that may not be there, as <c>U+0000</c>; null where all may.</summary>
    public static string? FirstBad(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBad(text, i))
                return string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4}");
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return null;
    }

    /// <summary>The beginning of a long text, without half a character at its end.</summary>
    public static string Cut(string text, int longest) => text.Length <= longest ? text
        : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)]
        : text[..longest];

    /// <summary>For quoting in an answer: what may not be there is shown as U+FFFD.</summary>
    public static string Shown(string text) => FirstBad(text) is null
        ? text
        : string.Create(text.Length, text, static (shown, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                shown[i] = IsBad(text, i) ? Replacement : text[i];
                if (char.IsHighSurrogate(shown[i]))
                {
                    i++;
                    shown[i] = text[i];
                }
            }
        });

    /// <summary>Whether the character at an index, which is no second half of a pair, may not be there. Line breaks and tabs may.</summary>
    private static bool IsBad(string text, int i)
    {
        var c = text[i];
        return char.IsControl(c) ? c is not ('\n' or '\r' or '\t')
            : char.IsHighSurrogate(c) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
            : char.IsLowSurrogate(c);
    }
}
