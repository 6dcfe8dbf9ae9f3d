using System.Reflection;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite.Audit;

/// <summary>A script of the audit, from the file of its name. It may use the parameters that it is given.</summary>
internal sealed class AuditScript(SqliteConnection connection, SqliteTransaction transaction, string name)
{
    private const string Folder = "ClusterPulse.Silo.Sqlite.Audit.";

    private readonly string _sql = Load(name);

    /// <summary>Runs all its statements.</summary>
    public void Run(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Make(parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs it and reads what its one statement selects.</summary>
    public void Read(Action<SqliteDataReader> row)
    {
        using var command = Make([]);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }

    private SqliteCommand Make(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        // A statement of a script may well take a quarter of a minute on a large store.
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // The text is a resource of this assembly.
        command.CommandText = _sql;
#pragma warning restore CA2100
        foreach (var (parameter, value) in parameters)
            command.Parameters.AddWithValue(parameter, value ?? DBNull.Value);
        return command;
    }

    private static string Load(string name)
    {
        var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{name}.sql")
            ?? throw new InvalidOperationException($"the assembly has no audit script '{name}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
