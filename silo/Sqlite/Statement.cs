using ClusterPulse.Facts;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>A prepared statement whose parameters are numbered in the order in which they stand: <c>?1</c>, <c>?2</c>, …</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            _command.Parameters.Add(new() { ParameterName = $"?{i}" });
    }

    public Statement With(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return this;
    }

    public int Run() => _command.ExecuteNonQuery();

    public object? Scalar() => _command.ExecuteScalar();

    public SqliteDataReader Read() => _command.ExecuteReader();

    public void Dispose() => _command.Dispose();
}

/// <summary>Reading of columns as the schema spells them.</summary>
internal static class Columns
{
    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static Month Month(this SqliteDataReader reader, int column) => ClusterPulse.Facts.Month.Parse(reader.GetString(column));

    public static bool Flag(this SqliteDataReader reader, int column) => !reader.IsDBNull(column) && reader.GetInt64(column) != 0;

    public static DateTimeOffset Time(this SqliteDataReader reader, int column) => ParseTime(reader.GetString(column));

    public static DateTimeOffset ParseTime(string text) => DateTimeOffset.Parse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);
}
