namespace ClusterPulse.Cli.Files.Cells;

/// <summary>Text of cells as people type it: full-width characters stand for their plain ones.</summary>
internal static class CellText
{
    /// <summary>Without the spaces around it, with full-width letters, digits and signs made plain.</summary>
    public static string Fold(string text)
    {
        text = text.Trim().Trim('\uFEFF');
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\x7F'))
            return text;
        return string.Create(text.Length, text, static (folded, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                folded[i] = Plain(from[i]);
        });
    }

    /// <summary>The plain character of a full-width one, of a dash or of a space.</summary>
    public static char Plain(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' or '\u202F' or '\u2009' => ' ',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        '【' or '〔' => '(',
        '】' or '〕' => ')',
        '、' => ',',
        _ => c,
    };
}
