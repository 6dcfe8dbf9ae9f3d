using System.Buffers;
using System.Globalization;
using ClusterPulse.Cli.Language;
using ClusterPulse.Ingest;
using CsvHelper;
using CsvHelper.Configuration;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Rows of a text whose cells are separated.</summary>
internal sealed class CsvRows : IFileRows
{
    private const int BufferCharacters = 1 << 15;
    private const int ShownCharacters = 60;

    /// <summary>Characters that no table holds: what the decoder could not read, and control characters.</summary>
    private static readonly SearchValues<char> Unreadable = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except(['\t', '\n', '\r']), '\uFFFD']);

    private readonly Stream _raw;
    private readonly RowBound _text;
    private readonly CsvParser _parser;
    private bool _badQuote;
    private bool _ended;

    public CsvRows(FileContent content, char delimiter)
    {
        (var stream, _raw) = content.Open();
        _text = new(new StreamReader(stream, content.Encoding, detectEncodingFromByteOrderMarks: true, BufferCharacters), content.Limits.RowCharacters);
        _parser = new(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(), IgnoreBlankLines = false, BufferSize = BufferCharacters, BadDataFound = _ => _badQuote = true,
        });
    }

    public long Line { get; private set; }

    public long LastLine { get; private set; }

    public string[] Cells { get; private set; } = [];

    public RowTrouble? Trouble { get; private set; }

    public double Done => _raw.Length == 0 ? 1 : (double)_raw.Position / _raw.Length;

    public bool Read()
    {
        while (!_ended)
        {
            if (!Next())
                return Trouble is not null;
            if (Trouble is not null || Array.Exists(Cells, c => c.Length > 0))
                return true;
        }
        return false;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    private bool Next()
    {
        Trouble = null;
        _badQuote = false;
        Line = LastLine + 1;
        try
        {
            _text.BeginRow();
            if (!_parser.Read())
            {
                _ended = true;
                return false;
            }
            // Cells are made, and bad quotes found, when they are asked for.
            Cells = _parser.Record!;
            LastLine = Math.Max(Line, _parser.RawRow);
        }
        catch (RowTooLongException e)
        {
            return Stop(Reasons.TooLong, Words.Of(
                $"该行超过 {e.Most:N0} 个字符，通常是引号未闭合；其后内容未读取。", $"The row has more than {e.Most:N0} characters, mostly since a quote is not closed; nothing after it is read."));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return Stop(Reasons.DamagedFile, Words.Of($"文件在此处损坏：{e.Message}", $"The file is damaged here: {e.Message}"));
        }
        catch (Exception e) when (e is CsvHelperException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser's own limits on what hostile text can be.
            return Stop(Reasons.MalformedRow, Words.Of($"该行无法解析：{e.Message.Split('\n')[0]}", $"The row cannot be parsed: {e.Message.Split('\n')[0]}"));
        }
        Trouble = Look();
        return true;
    }

    private RowTrouble? Look()
    {
        foreach (var cell in Cells)
        {
            if (cell.AsSpan().ContainsAny(Unreadable))
            {
                return new(Reasons.UnreadableText, Cut(cell), Words.Of(
                    "含无法识别的字符：编码须为 UTF-8 或 GB18030，且文件未损坏。", "It holds characters that cannot be read: the encoding must be UTF-8 or GB18030, and the file whole."));
            }
        }
        return !_badQuote && !_text.EndsInQuotes ? null : new(Reasons.MalformedRow, Cut(string.Join(' ', Cells)), Words.Of(
            "引号未闭合，或含引号的单元格未整体加引号并双写内部引号。", "A quote is not closed, or a cell that holds a quote is not quoted as a whole with the quote doubled."));
    }

    private bool Stop(string reason, string rule)
    {
        _ended = true;
        Cells = [];
        LastLine = Line;
        Trouble = new(reason, "", rule);
        return true;
    }

    private static string Cut(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
}
