using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Why a row cannot be taken for what it seems to say.</summary>
/// <param name="Reason">Name from the catalogue of reasons.</param>
/// <param name="Value">What stands there, cut short.</param>
/// <param name="Rule">What is wrong, for people.</param>
internal sealed record RowTrouble(string Reason, string Value, string Rule);

/// <summary>Rows of a file, one after the other. The one reader of rows of the command.</summary>
internal interface IFileRows : IDisposable
{
    /// <summary>First line of the row that was read, from 1; of a workbook its row.</summary>
    long Line { get; }

    /// <summary>Its last line: a quoted cell can go over several.</summary>
    long LastLine { get; }

    /// <summary>Its cells as they stand there.</summary>
    string[] Cells { get; }

    /// <summary>What is wrong with the row itself; null: nothing.</summary>
    RowTrouble? Trouble { get; }

    /// <summary>How much of the file is read, 0 to 1.</summary>
    double Done { get; }

    /// <summary>Goes to the next row that is not empty. False at the end, and after trouble that nothing can be read behind.</summary>
    bool Read();
}

/// <summary>Opens the rows of any file that is known: CSV, <c>.xlsx</c>, and either compressed by gzip.</summary>
internal static class FileRows
{
    /// <param name="file">The file.</param>
    /// <exception cref="CommandFailure">It is not there, or cannot be read.</exception>
    public static IFileRows Open(FileInfo file) => Open(FileContent.Inspect(FileSource.Of(file), new()), sheet: null, delimiter: null);

    /// <param name="content">What the file is.</param>
    /// <param name="sheet">Which sheet of a workbook; null: the first.</param>
    /// <param name="delimiter">What separates cells of text; null: found by its first lines.</param>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static IFileRows Open(FileContent content, string? sheet, char? delimiter) =>
        content.IsWorkbook ? WorkbookRows.Open(content, sheet) : new CsvRows(content, delimiter ?? Delimiters.Find(content.Start));
}
