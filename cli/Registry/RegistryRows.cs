using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;

namespace ClusterPulse.Cli.Registry;

/// <summary>Rows of a file of registration, one after the other.</summary>
internal interface IRegistryRows : IDisposable
{
    /// <summary>Line of the row that was read, from 1; of a workbook its row.</summary>
    long Line { get; }

    /// <summary>Its cells.</summary>
    string[] Cells { get; }

    /// <summary>Goes to the next row that is not empty.</summary>
    bool Read();
}

/// <summary>Opens files of registration.</summary>
internal static class RegistryRows
{
    /// <summary>Opens a CSV (UTF-8 or GB18030) or the first sheet of a workbook, by what it begins with.</summary>
    /// <exception cref="CommandFailure">It is not there.</exception>
    public static IRegistryRows Open(FileInfo file)
    {
        try
        {
            var stream = file.OpenRead();
            Span<byte> start = stackalloc byte[2];
            var isWorkbook = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [(byte)'P', (byte)'K'];
            stream.Position = 0;
            return isWorkbook ? new WorkbookRows(stream) : new CsvRows(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                Words.Of($"无法读取 {file.FullName}：{e.Message}", $"{file.FullName} cannot be read: {e.Message}"),
                Words.Of("请检查路径和权限。", "Check the path and the permissions."));
        }
    }

    private sealed class CsvRows : IRegistryRows
    {
        private readonly CsvParser _parser;

        public CsvRows(FileStream file) => _parser = new(
            new StreamReader(file, IsUtf8(file) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!),
            new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null });

        public long Line => _parser.RawRow;

        public string[] Cells { get; private set; } = [];

        public bool Read()
        {
            while (_parser.Read())
            {
                Cells = _parser.Record!;
                if (Array.Exists(Cells, c => c.Length > 0))
                    return true;
            }
            return false;
        }

        public void Dispose() => _parser.Dispose();

        private static bool IsUtf8(FileStream file)
        {
            try
            {
                using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
                var buffer = new char[1 << 14];
                while (text.Read(buffer) > 0)
                {
                }
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
            finally
            {
                file.Position = 0;
            }
        }
    }

    private sealed class WorkbookRows : IRegistryRows
    {
        private readonly IExcelDataReader _reader;

        public WorkbookRows(FileStream file)
        {
            try
            {
                _reader = ExcelReaderFactory.CreateOpenXmlReader(file);
            }
            catch (Exception e) when (e is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException)
            {
                throw new CommandFailure(
                    Words.Of($"{file.Name} 不是 .xlsx 工作簿：{e.Message}", $"{file.Name} is no .xlsx workbook: {e.Message}"),
                    Words.Of("请另存为 .xlsx 或 CSV。", "Save it as .xlsx or CSV."));
            }
        }

        public long Line { get; private set; }

        public string[] Cells { get; private set; } = [];

        public bool Read()
        {
            while (_reader.Read())
            {
                Line++;
                Cells = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => Text(_reader.GetValue(i)))];
                if (Array.Exists(Cells, c => c.Length > 0))
                    return true;
            }
            return false;
        }

        public void Dispose() => _reader.Dispose();

        /// <summary>Excel makes numbers of codes, and days of months.</summary>
        private static string Text(object? value) => value switch
        {
            null => "",
            DateTime day => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim(),
        };
    }
}
