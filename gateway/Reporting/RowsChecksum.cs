using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>What a receipt says its rows were: a sender that has kept them can prove it, whoever asks.</summary>
internal static class RowsChecksum
{
    private const int Gathered = 64 << 10;

    /// <summary>SHA-256, hexadecimal, over rows from one on, each with its length before it.</summary>
    public static string Of(RepeatedField<V1.Report> reports, int skip)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Rows are gathered, since each call of the hash has its price, and so has a buffer for each row.
        var buffer = ArrayPool<byte>.Shared.Rent(Gathered);
        var used = 0;
        for (var i = skip; i < reports.Count; i++)
        {
            var size = reports[i].CalculateSize();
            var room = size + CodedOutputStream.ComputeLengthSize(size);
            if (used + room > buffer.Length)
            {
                hash.AppendData(buffer.AsSpan(0, used));
                used = 0;
                if (room > buffer.Length)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(room);
                }
            }
            used += WriteLength(buffer.AsSpan(used), size);
            reports[i].WriteTo(buffer.AsSpan(used, size));
            used += size;
        }
        hash.AppendData(buffer.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>As a varint.</summary>
    private static int WriteLength(Span<byte> into, int length)
    {
        const int More = 0x80;
        var rest = (uint)length;
        var at = 0;
        for (; rest >= More; rest >>= 7)
            into[at++] = (byte)(rest | More);
        into[at++] = (byte)rest;
        return at;
    }
}
