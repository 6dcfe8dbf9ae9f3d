using System.Buffers.Binary;
using System.Buffers.Text;

namespace ClusterPulse.Gateway.Watch;

/// <summary>Where a watcher stands: the time of the newest event it was sent. Opaque to clients.</summary>
public static class ResumeToken
{
    private const byte Version = 1;
    private const int Length = 9;

    /// <summary>How long a token is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static string Format(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], at.ToUnixTimeMilliseconds());
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The time, where the token is one of ours and young enough.</summary>
    public static bool TryParse(string token, DateTimeOffset now, out DateTimeOffset at)
    {
        at = default;
        Span<byte> bytes = stackalloc byte[Length];
        // Decoding throws where the text is not of the alphabet.
        if (token.Length > 2 * Length || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != Length || bytes[0] != Version)
        {
            return false;
        }
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        if (milliseconds < 0 || milliseconds > now.ToUnixTimeMilliseconds() + Lifetime.TotalMilliseconds)
            return false;
        at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return now - at <= Lifetime;
    }
}
