using System.IO.Hashing;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>The compressed content expands too far.</summary>
internal sealed class ExpansionException(string detail) : IOException(detail);

/// <summary>Reads what a compressed stream expands to, and stops where that is more than a table ever is.</summary>
/// <param name="expanded">The decompressing stream.</param>
/// <param name="compressed">Its size before, in bytes.</param>
/// <param name="limits">How far is too far.</param>
internal sealed class ExpansionGuard(Stream expanded, long compressed, FileLimits limits) : Stream
{
    private readonly long _most = Math.Max(limits.ExpandedBytes, compressed * limits.ExpansionRatio);
    private readonly Crc32 _checksum = new();
    private long _read;

    /// <summary>What a gzip file says at its end of all that was read, when all of it was: CRC-32 and length.</summary>
    public (uint Crc, uint Length) Trailer => (_checksum.GetCurrentHashAsUInt32(), unchecked((uint)_read));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = expanded.Read(buffer);
        _read += read;
        _checksum.Append(buffer[..read]);
        return _read <= _most ? read : throw new ExpansionException($"{compressed:N0} → > {_most:N0} B");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            expanded.Dispose();
        base.Dispose(disposing);
    }
}
