using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.Ingest;
using ExcelDataReader;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>Rows of a sheet of an <c>.xlsx</c>, read as a stream.</summary>
internal sealed class WorkbookRows : IFileRows
{
    private const string Strings = "xl/sharedStrings.xml";

    private readonly Stream _stream;
    private readonly IExcelDataReader _reader;
    private readonly IReadOnlyDictionary<(long Row, int Column), string> _errors;
    private readonly int _columns;
    private bool _ended;

    /// <summary>The library asks for code page 1252 whatever the workbook's encoding is.</summary>
    static WorkbookRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookRows(Stream stream, IExcelDataReader reader, IReadOnlyDictionary<(long Row, int Column), string> errors)
    {
        (_stream, _reader, _errors) = (stream, reader, errors);
        _columns = reader.FieldCount;
    }

    public long Line { get; private set; }

    public long LastLine => Line;

    public string[] Cells { get; private set; } = [];

    public RowTrouble? Trouble { get; private set; }

    public double Done => _reader.RowCount == 0 ? 1 : Math.Min(1, (double)Line / _reader.RowCount);

    /// <exception cref="CommandFailure">It is no workbook, is damaged, expands too far or has no such sheet.</exception>
    public static WorkbookRows Open(FileContent content, string? sheet)
    {
        var name = content.Source.Name;
        var stream = Seekable(content);
        try
        {
            var errors = Weigh(stream, content, sheet);
            stream.Position = 0;
            var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
            Select(reader, sheet, name);
            if (reader.FieldCount > content.Limits.Columns || reader.RowCount > content.Limits.SheetRows)
                throw FileTrouble.ExpandsTooFar(name, $"{reader.RowCount:N0} × {reader.FieldCount:N0}");
            return new(stream, reader, errors);
        }
        catch (ExpansionException e)
        {
            stream.Dispose();
            throw FileTrouble.ExpandsTooFar(name, e.Message);
        }
        catch (Exception e) when (IsOfReader(e))
        {
            stream.Dispose();
            throw FileTrouble.Damaged(name, e);
        }
    }

    public bool Read()
    {
        Trouble = null;
        try
        {
            while (!_ended && _reader.Read())
            {
                Line++;
                var cells = new string[_columns];
                var filled = false;
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = Text(i);
                    filled |= cells[i].Length > 0;
                }
                Cells = cells;
                if (filled)
                    return true;
            }
            return false;
        }
        catch (Exception e) when (IsOfReader(e))
        {
            _ended = true;
            Line++;
            Cells = [];
            Trouble = new(Reasons.DamagedFile, "", Words.Of($"工作簿在此处损坏：{e.Message}", $"The workbook is damaged here: {e.Message}"));
            return true;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    /// <summary>A hostile workbook brings out failures of any type from the readers of XML and ZIP; each means that it is damaged.</summary>
    private static bool IsOfReader(Exception failure) => failure is not (CommandFailure or OperationCanceledException or OutOfMemoryException);

    private static void Select(IExcelDataReader reader, string? sheet, string file)
    {
        if (sheet is null)
            return;
        var sheets = new List<string>();
        do
        {
            if (string.Equals(reader.Name, sheet, StringComparison.OrdinalIgnoreCase))
                return;
            sheets.Add(reader.Name);
        }
        while (reader.NextResult());
        throw FileTrouble.NoSheet(file, sheet, sheets);
    }

    /// <summary>Reads every part to its end once, so that none expands too far when it counts; then looks for cells that hold errors.</summary>
    private static IReadOnlyDictionary<(long Row, int Column), string> Weigh(Stream stream, FileContent content, string? sheet)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var buffer = new byte[1 << 16];
        foreach (var entry in archive.Entries)
        {
            using var part = new ExpansionGuard(entry.Open(), stream.Length, content.Limits);
            long size = 0;
            while (part.Read(buffer) is > 0 and var read)
            {
                size += read;
                if (size > content.Limits.StringTableBytes && entry.FullName.Equals(Strings, StringComparison.OrdinalIgnoreCase))
                    throw new ExpansionException($"{Strings} > {content.Limits.StringTableBytes:N0} B");
            }
        }
        return ErrorCells.Find(archive, sheet);
    }

    /// <summary>A workbook is read from its end: one that is compressed again is unpacked to a file that goes with its handle.</summary>
    private static Stream Seekable(FileContent content)
    {
        var (stream, _) = content.Open();
        if (!content.IsGzip)
            return stream;
        var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            using (stream)
                stream.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
        catch (ExpansionException e)
        {
            copy.Dispose();
            throw FileTrouble.ExpandsTooFar(content.Source.Name, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            copy.Dispose();
            throw FileTrouble.Damaged(content.Source.Name, e);
        }
    }

    /// <summary>Excel makes numbers of codes, and days of months. Its numbers have 15 digits, which a decimal gives back as they were typed.</summary>
    private string Text(int column)
    {
        if (_errors.Count > 0 && _errors.TryGetValue((Line, column), out var error))
            return error;
        return _reader.GetValue(column) switch
        {
            null => "",
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            double number when Math.Abs(number) < 1e27 => ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };
    }
}
