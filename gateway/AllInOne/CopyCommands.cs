using System.CommandLine;
using System.Globalization;
using ClusterPulse.Silo.Sqlite;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace ClusterPulse.Gateway.AllInOne;

/// <summary>Copies of the embedded store, and back (docs/backup.md).</summary>
internal static class CopyCommands
{
    private const int Failed = 1;
    private const int Refused = 2;

    /// <summary><c>backup</c>: also while the store is in use.</summary>
    public static Command BackUp(Option<string?> data)
    {
        var to = new Option<string>("--to") { Description = "File of the copy; it must not be there yet", Required = true };
        var command = new Command("backup", "Copy the embedded store into one file, also while it is in use · 备份内嵌数据库") { data, to };
        command.SetAction((parsed, cancellation) => RunAsync("Copying", parsed.GetValue(to)!, (file, progress) =>
            SqliteCopy.BackUp(Folder(parsed, data), file, progress, cancellation)));
        return command;
    }

    /// <summary><c>restore</c>: into a folder without a store.</summary>
    public static Command Restore(Option<string?> data)
    {
        var from = new Option<string>("--from") { Description = "File of a copy", Required = true };
        var command = new Command("restore", "Put a copy in place as the embedded store of a folder that has none · 恢复内嵌数据库") { data, from };
        command.SetAction((parsed, _) => RunAsync("Restoring", Folder(parsed, data), (folder, progress) =>
            SqliteCopy.Restore(parsed.GetValue(from)!, folder)));
        return command;
    }

    private static string Folder(ParseResult parsed, Option<string?> data) => parsed.GetValue(data) ?? new SqliteOptions().Folder;

    private static async Task<int> RunAsync(string what, string target, Func<string, Action<double>, SqliteCopyContent> act)
    {
        try
        {
            var content = await AnsiConsole.Progress().StartAsync(context =>
            {
                var task = context.AddTask(what, maxValue: 1);
                return Task.Run(() =>
                {
                    var done = act(target, part => task.Value = part);
                    task.Value = 1;
                    return done;
                });
            });
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{target}: {content.Reports:N0} reports of {content.Enterprises:N0} enterprises, the newest of {content.Newest:yyyy-MM-dd HH:mm:ss} UTC; {content.Bytes:N0} bytes, schema {content.Schema}; read through, no fault"));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (Exception e) when (e is InvalidDataException or SqliteException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was left.");
            return Failed;
        }
    }
}
