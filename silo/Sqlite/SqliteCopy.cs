using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClusterPulse.Silo.Sqlite;

/// <summary>What a copy of the embedded store holds.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Schema">Version of its schema.</param>
/// <param name="Enterprises">Registered or known by name.</param>
/// <param name="Reports">Reports that stand.</param>
/// <param name="Newest">When the newest of them was committed; null: there is none.</param>
public sealed record SqliteCopyContent(long Bytes, int Schema, long Enterprises, long Reports, DateTimeOffset? Newest);

/// <summary>
/// Copies of the embedded store. A copy is one file, made while the store is in use, as the store was at one moment: facts, commit log and
/// checkpoints agree in it. It is read through before it counts, and has its name only then.
/// </summary>
public static class SqliteCopy
{
    private const int PagesAtOnce = 4_096;

    /// <summary>Files that SQLite reads with a database of the same name: one left from another time would change what is in it.</summary>
    private static readonly string[] Beside = ["-wal", "-shm", "-journal"];

    /// <summary>Copies the store in a folder into a file.</summary>
    /// <param name="folder">Folder of the store, which may be in use.</param>
    /// <param name="file">The copy; it must not be there yet.</param>
    /// <param name="progress">Hears the part that is done, 0..1.</param>
    /// <param name="cancellation">Ends it; what was copied goes.</param>
    /// <exception cref="IOException">There is no store, the copy is there already, the store cannot be read now, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public static SqliteCopyContent BackUp(string folder, string file, Action<double> progress, CancellationToken cancellation)
    {
        var store = Path.Combine(folder, SqliteDatabase.FileName);
        if (!File.Exists(store))
            throw new FileNotFoundException($"There is no store: {store}", store);
        return Place(file, part =>
        {
            using var source = Open(store, SqliteOpenMode.ReadWrite);
            using var target = Open(part, SqliteOpenMode.ReadWriteCreate);
            // Held until the end: what others write meanwhile neither is in the copy nor makes it begin again.
            using var moment = source.BeginTransaction(deferred: true);
            SqliteDatabase.Scalar(source, "SELECT count(*) FROM sqlite_master");
            Copy(source, target, progress, cancellation);
            // One file, which needs no other beside it.
            SqliteDatabase.Scalar(target, "PRAGMA journal_mode = DELETE");
        });
    }

    /// <summary>Puts a copy in place as the store of a folder.</summary>
    /// <param name="file">The copy.</param>
    /// <param name="folder">Folder without a store.</param>
    /// <exception cref="IOException">There is no such file, the folder has a store, or the disk is full.</exception>
    /// <exception cref="InvalidDataException">The copy is damaged, or is none of this store.</exception>
    public static SqliteCopyContent Restore(string file, string folder)
    {
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no copy: {file}", file);
        if (Beside.Select(b => file + b).FirstOrDefault(File.Exists) is { } own)
            throw new IOException($"{file} is no copy that stands by itself: {own} belongs to it. Make a copy with backup.");
        // Before anything is made in the folder.
        Read(file);
        Directory.CreateDirectory(folder);
        return Place(Path.Combine(folder, SqliteDatabase.FileName), part => File.Copy(file, part));
    }

    /// <summary>What a copy holds, after reading all of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is none of this store.</exception>
    public static SqliteCopyContent Read(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            if (SqliteDatabase.Scalar(connection, "PRAGMA integrity_check(1)") is not "ok" and var fault)
                throw new InvalidDataException($"{file} is damaged: {fault}");
            var newest = SqliteDatabase.Scalar(connection, "SELECT max(committed_at) FROM report") as string;
            return new(
                new FileInfo(file).Length,
                (int)(long)SqliteDatabase.Scalar(connection, "PRAGMA user_version")!,
                (long)SqliteDatabase.Scalar(connection, "SELECT count(*) FROM enterprise")!,
                (long)SqliteDatabase.Scalar(connection, "SELECT count(*) FROM report WHERE withdrawn = 0")!,
                newest is null ? null : DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException($"{file} is no store of ClusterPulse that can be read: {e.Message}", e);
        }
    }

    /// <summary>Makes a file under another name beside it, reads it, and gives it its own.</summary>
    private static SqliteCopyContent Place(string file, Action<string> make)
    {
        if (File.Exists(file))
            throw new IOException($"{file} is there already. Move it away, or choose another name.");
        if (Beside.Select(b => file + b).FirstOrDefault(File.Exists) is { } left)
            throw new IOException($"{left} is left from another store, and would be read with this one. Move it away too.");
        var part = file + ".part";
        try
        {
            File.Delete(part);
            make(part);
            var content = Read(part);
            using (var stream = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
                stream.Flush(flushToDisk: true);
            File.Move(part, file);
            return content;
        }
        catch (SqliteException e) when (SqliteDatabase.IsTransient(e))
        {
            throw new IOException($"{file} cannot be made: {e.Message}", e);
        }
        finally
        {
            File.Delete(part);
            foreach (var beside in Beside)
                File.Delete(part + beside);
        }
    }

    private static void Copy(SqliteConnection source, SqliteConnection target, Action<double> progress, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup.IsInvalid)
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
        int code;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesAtOnce);
            var pages = raw.sqlite3_backup_pagecount(backup);
            progress(pages == 0 ? 1 : 1 - (double)raw.sqlite3_backup_remaining(backup) / pages);
        }
        while (code == raw.SQLITE_OK);
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, target.Handle);
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
