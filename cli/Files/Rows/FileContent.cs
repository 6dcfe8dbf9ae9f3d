using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>What a file is, found by what it begins with and by reading it once.</summary>
/// <param name="Source">The file.</param>
/// <param name="IsGzip">It is compressed by gzip.</param>
/// <param name="IsWorkbook">It is an <c>.xlsx</c>; else it is text.</param>
/// <param name="Encoding">Of text.</param>
/// <param name="Start">Its first characters, where it is text.</param>
/// <param name="Limits">How far it may go.</param>
internal sealed record FileContent(FileSource Source, bool IsGzip, bool IsWorkbook, Encoding Encoding, string Start, FileLimits Limits)
{
    private const int ChunkBytes = 1 << 16;

    private static readonly Encoding Utf8Text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    /// <summary>SHA-256 of the file as it lies there, in hexadecimal.</summary>
    public static string Sha256(FileSource source)
    {
        using var stream = OpenRaw(source);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <exception cref="Server.CommandFailure">It cannot be read, is damaged or is of no kind that is known.</exception>
    public static FileContent Inspect(FileSource source, FileLimits limits)
    {
        try
        {
            using var raw = OpenRaw(source);
            var isGzip = Magic(raw) is [0x1F, 0x8B, ..];
            using var stream = Expand(raw, isGzip, limits);
            var buffer = new byte[ChunkBytes];
            var filled = stream.ReadAtLeast(buffer, ChunkBytes, throwOnEndOfStream: false);
            switch (buffer.AsSpan(0, Math.Min(filled, 4)))
            {
                case [(byte)'P', (byte)'K', 3, 4]:
                    CheckEnd(source.Name, stream, raw);
                    return new(source, isGzip, IsWorkbook: true, Utf8Text, "", limits);
                case [0xD0, 0xCF, 0x11, 0xE0]:
                    throw FileTrouble.OldWorkbook(source.Name);
                case [0x1F, 0x8B, ..] when isGzip:
                    throw FileTrouble.ExpandsTooFar(source.Name, "gzip ⊃ gzip");
            }
            var start = buffer[..filled];
            var encoding = EncodingOf(start, () => IsUtf8(stream, buffer, filled));
            CheckEnd(source.Name, stream, raw);
            return new(source, isGzip, IsWorkbook: false, encoding, encoding.GetString(start).TrimStart('\uFEFF'), limits);
        }
        catch (ExpansionException e)
        {
            throw FileTrouble.ExpandsTooFar(source.Name, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw FileTrouble.Damaged(source.Name, e);
        }
    }

    /// <summary>Opens it, decompressed, and its bytes as they lie there, whose position tells how far one is.</summary>
    public (Stream Content, Stream Raw) Open()
    {
        var raw = OpenRaw(Source);
        return (Expand(raw, IsGzip, Limits), raw);
    }

    private static Stream OpenRaw(FileSource source)
    {
        try
        {
            return source.Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileTrouble.Unreadable(source.Name, e);
        }
    }

    private static Stream Expand(Stream raw, bool isGzip, FileLimits limits) =>
        isGzip ? new ExpansionGuard(new GZipStream(raw, CompressionMode.Decompress), raw.Length, limits) : raw;

    /// <summary>A compressed file that breaks off is found before its first row is used: decompressing alone takes it for one that ends.</summary>
    private static void CheckEnd(string file, Stream stream, Stream raw)
    {
        const int TrailerBytes = 8;
        if (stream is not ExpansionGuard expanded)
            return;
        expanded.CopyTo(Stream.Null);
        var trailer = new byte[TrailerBytes];
        raw.Position = Math.Max(0, raw.Length - TrailerBytes);
        raw.ReadAtLeast(trailer, TrailerBytes, throwOnEndOfStream: false);
        if (expanded.Trailer != (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4))))
            throw FileTrouble.Damaged(file, new InvalidDataException(Words.Of("gzip 校验和不符", "the checksum of gzip does not fit its content")));
    }

    private static byte[] Magic(Stream raw)
    {
        var magic = new byte[2];
        var read = raw.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        raw.Position = 0;
        return magic[..read];
    }

    private static Encoding EncodingOf(byte[] start, Func<bool> isUtf8) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8Text,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ when isUtf8() => Utf8Text,
        // A damaged UTF-8 file still reads well for the most part, which one of GB18030 never does; GB18030 itself takes almost anything.
        _ when ReadsWell(Utf8Text.GetString(start, 0, start.Length - IncompleteTail(start))) => Utf8Text,
        _ => Gb18030,
    };

    private static bool ReadsWell(string text)
    {
        var broken = text.AsSpan().Count('\uFFFD');
        var ascii = 0;
        foreach (var c in text)
            ascii += c < 0x80 ? 1 : 0;
        return text.Length - ascii - broken > broken;
    }

    /// <summary>Whether all of it is UTF-8.</summary>
    private static bool IsUtf8(Stream stream, byte[] buffer, int filled)
    {
        var valid = true;
        while (filled > 0)
        {
            var tail = IncompleteTail(buffer.AsSpan(0, filled));
            valid = valid && Utf8.IsValid(buffer.AsSpan(0, filled - tail));
            buffer.AsSpan(filled - tail, tail).CopyTo(buffer);
            var read = stream.Read(buffer.AsSpan(tail));
            if (read == 0)
                return valid && tail == 0;
            filled = tail + read;
        }
        return valid;
    }

    /// <summary>Bytes at the end that begin a character without ending it, 0 to 3.</summary>
    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var i = 1; i <= Math.Min(3, bytes.Length); i++)
        {
            var b = bytes[^i];
            if ((b & 0xC0) == 0x80)
                continue;
            var length = b switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return length > i ? i : 0;
        }
        return 0;
    }
}
