using System.Collections.Immutable;
using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;
using Google.Protobuf;

namespace ClusterPulse.Cli.Sending;

/// <summary>
/// History in the order of its months, the oldest first; reports of one month keep the file's order. Rows are laid down in a temporary
/// file for each month, so memory is bounded by months; the disk holds the file's reports once more while it is sent. Rows that cannot be
/// read come at once.
/// </summary>
/// <param name="under">Folder for the temporary files; null: the system's.</param>
internal sealed class OldestFirst(string? under = null) : IDisposable
{
    /// <summary>Months that a file may speak of: a hundred years.</summary>
    public const int MostMonths = 1_200;

    private const int BufferBytes = 16 << 10;

    /// <summary>One writer for each month, kept: a writer that is given up flushes the file.</summary>
    private readonly SortedDictionary<string, BinaryWriter> _months = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = under is null
        ? Directory.CreateTempSubdirectory("clusterpulse-backfill-")
        : Directory.CreateDirectory(Path.Combine(under, Path.GetRandomFileName()));

    private long _laid;
    private long _given;

    /// <summary>How many of its reports are given back, 0 to 1; 0 while the file is read.</summary>
    public double Done => _laid == 0 ? 0 : (double)Volatile.Read(ref _given) / _laid;

    /// <summary>The reports in order. To be asked for once.</summary>
    /// <exception cref="CommandFailure">The file speaks of too many months.</exception>
    public async IAsyncEnumerable<FileReport> SortAsync(IAsyncEnumerable<FileReport> rows)
    {
        var laid = 0L;
        await foreach (var row in rows)
        {
            if (row.Report is null || row.Problems.Length > 0)
            {
                yield return row;
                continue;
            }
            Write(Month(row.Report.Period), row);
            laid++;
        }
        Volatile.Write(ref _laid, laid);
        foreach (var writer in _months.Values)
        {
            // Asked for its stream, a writer flushes it.
            var month = writer.BaseStream;
            month.Position = 0;
            using var reader = new BinaryReader(month, Encoding.UTF8, leaveOpen: true);
            var length = month.Length;
            while (month.Position < length)
            {
                var row = Read(reader);
                yield return row;
                Volatile.Write(ref _given, _given + 1);
            }
        }
    }

    public void Dispose()
    {
        foreach (var month in _months.Values)
            month.Dispose();
        _folder.Delete(recursive: true);
    }

    private BinaryWriter Month(string period)
    {
        if (_months.TryGetValue(period, out var known))
            return known;
        if (_months.Count == MostMonths)
        {
            throw new CommandFailure(
                Words.Of($"文件涉及的月份超过 {MostMonths} 个。", $"The file speaks of more than {MostMonths} months."),
                Words.Of("请检查报告期一列，或将文件分开报送。", "Check its column of periods, or send it in parts."));
        }
        var month = new BinaryWriter(new FileStream(
            Path.Combine(_folder.FullName, $"{_months.Count}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose), Encoding.UTF8);
        _months.Add(period, month);
        return month;
    }

    private static void Write(BinaryWriter to, FileReport row)
    {
        to.Write(row.File);
        to.Write(row.FirstLine);
        to.Write(row.LastLine);
        to.Write((byte)row.Action);
        var report = row.Report!.ToByteArray();
        to.Write7BitEncodedInt(report.Length);
        to.Write(report);
        to.Write7BitEncodedInt(row.Rows.Length);
        foreach (var cells in row.Rows)
        {
            to.Write7BitEncodedInt(cells.Length);
            foreach (var cell in cells)
                to.Write(cell);
        }
    }

    private static FileReport Read(BinaryReader from)
    {
        var (file, first, last, action) = (from.ReadString(), from.ReadInt64(), from.ReadInt64(), (FileAction)from.ReadByte());
        var report = Report.Parser.ParseFrom(from.ReadBytes(from.Read7BitEncodedInt()));
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>(from.Read7BitEncodedInt());
        while (rows.Count < rows.Capacity)
        {
            var cells = ImmutableArray.CreateBuilder<string>(from.Read7BitEncodedInt());
            while (cells.Count < cells.Capacity)
                cells.Add(from.ReadString());
            rows.Add(cells.MoveToImmutable());
        }
        return new(file, first, last, action, report, [], rows.MoveToImmutable());
    }
}
