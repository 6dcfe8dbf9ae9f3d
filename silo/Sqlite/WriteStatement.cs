using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>A prepared statement that writes, or reads a few numbers, straight through the library's own calls: commands and boxed parameters
/// cost more than the rows that they store.</summary>
/// <remarks>Parameters are numbered in the order in which they stand: <c>?1</c>, <c>?2</c>, … For use within a transaction of its
/// connection, on one thread at a time.</remarks>
internal sealed class WriteStatement : IDisposable
{
    private const int TextOnStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;

    /// <exception cref="SqliteException">The statement is wrong.</exception>
    public WriteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <summary>Runs it.</summary>
    /// <param name="values">All parameters.</param>
    /// <returns>Rows that it changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        Step(values);
        Check(raw.sqlite3_reset(_statement));
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs it and reads the numbers at the beginning of its first row.</summary>
    /// <param name="numbers">As many as are wanted.</param>
    /// <param name="values">All parameters.</param>
    /// <returns>Whether there is a row.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Read(Span<long> numbers, params ReadOnlySpan<SqlValue> values)
    {
        var found = Step(values);
        for (var i = 0; found && i < numbers.Length; i++)
            numbers[i] = raw.sqlite3_column_int64(_statement, i);
        Check(raw.sqlite3_reset(_statement));
        return found;
    }

    /// <summary>Runs it and reads the first number of its first row.</summary>
    /// <param name="values">All parameters.</param>
    /// <returns>Null where there is no row.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public long? Number(params ReadOnlySpan<SqlValue> values)
    {
        Span<long> number = stackalloc long[1];
        return Read(number, values) ? number[0] : null;
    }

    public void Dispose() => _statement.Dispose();

    private bool Step(ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != _parameters)
            throw new ArgumentException($"the statement has {_parameters} parameters, not {values.Length}", nameof(values));
        for (var i = 0; i < values.Length; i++)
            Bind(i + 1, values[i]);
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return result == raw.SQLITE_ROW;
        try
        {
            Check(result);
        }
        finally
        {
            // Says again what is said already.
            raw.sqlite3_reset(_statement);
        }
        return false;
    }

    private void Bind(int parameter, in SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlKind.Null:
                Check(raw.sqlite3_bind_null(_statement, parameter));
                break;
            case SqlKind.Integer:
                Check(raw.sqlite3_bind_int64(_statement, parameter, value.Integer));
                break;
            case SqlKind.Real:
                Check(raw.sqlite3_bind_double(_statement, parameter, value.Real));
                break;
            case SqlKind.Text:
                BindText(parameter, value.Text);
                break;
            default:
                // An empty span is no address, and would be NULL.
                Check(value.Blob.Length == 0
                    ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
                    : raw.sqlite3_bind_blob(_statement, parameter, value.Blob));
                break;
        }
    }

    private void BindText(int parameter, string text)
    {
        if (text.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, parameter, ""));
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > TextOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[TextOnStack];
        Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}

/// <summary>What a <see cref="SqlValue"/> is.</summary>
internal enum SqlKind : byte
{
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// <summary>The value of one parameter, of any of the types that the schema has, without a box.</summary>
internal readonly struct SqlValue
{
    private readonly object? _reference;
    private readonly long _bits;

    private SqlValue(SqlKind kind, long bits, object? reference = null) => (Kind, _bits, _reference) = (kind, bits, reference);

    public SqlKind Kind { get; }

    public long Integer => _bits;

    public double Real => BitConverter.Int64BitsToDouble(_bits);

    public string Text => (string)_reference!;

    public byte[] Blob => (byte[])_reference!;

    public static implicit operator SqlValue(string? text) => text is null ? default : new(SqlKind.Text, 0, text);

    public static implicit operator SqlValue(byte[]? blob) => blob is null ? default : new(SqlKind.Blob, 0, blob);

    public static implicit operator SqlValue(long number) => new(SqlKind.Integer, number);

    public static implicit operator SqlValue(long? number) => number is { } value ? value : default(SqlValue);

    public static implicit operator SqlValue(double number) => new(SqlKind.Real, BitConverter.DoubleToInt64Bits(number));

    public static implicit operator SqlValue(double? number) => number is { } value ? value : default(SqlValue);

    public static implicit operator SqlValue(bool flag) => new(SqlKind.Integer, flag ? 1 : 0);

    public static implicit operator SqlValue(bool? flag) => flag is { } value ? value : default(SqlValue);
}
