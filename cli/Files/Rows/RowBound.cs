namespace ClusterPulse.Cli.Files.Rows;

/// <summary>A row goes on and on.</summary>
internal sealed class RowTooLongException(int most) : Exception
{
    /// <summary>Characters that a row may have.</summary>
    public int Most { get; } = most;
}

/// <summary>
/// Text that a parser reads row by row. Parsers hold a row as a whole, so one that never ends (an open quote, a line of separators)
/// would fill memory.
/// </summary>
internal sealed class RowBound(TextReader text, int mostOfRow) : TextReader
{
    private int _sinceRow;
    private bool _isInQuotes;

    /// <summary>The text is at its end, and a quote in it was never closed.</summary>
    public bool EndsInQuotes { get; private set; }

    /// <summary>The parser is about to ask for the next row.</summary>
    public void BeginRow() => _sinceRow = 0;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_sinceRow > mostOfRow)
            throw new RowTooLongException(mostOfRow);
        var read = text.Read(buffer);
        _sinceRow += read;
        _isInQuotes ^= (buffer[..read].Count('"') & 1) != 0;
        EndsInQuotes = read == 0 && buffer.Length > 0 && _isInQuotes;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }
}
