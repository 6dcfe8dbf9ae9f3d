using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ClusterPulse.Facts;

/// <summary>Hash of what a bureau said in a report, whatever was judged about it: the same words give the same hash in every
/// build, since it is stored.</summary>
public static class ContentHash
{
    public static ulong Of(ReportContent content)
    {
        var hash = new XxHash64();
        Append(hash, (long)content.Basis | (content.Nil ? 256L : 0) | ((long)content.Status << 16));
        Append(hash, content.Note ?? "");
        foreach (var line in content.Lines)
        {
            Append(hash, line.Currency);
            Append(hash, line.Amount);
            if (line.Fdi is { } fdi)
            {
                Append(hash, fdi.Source);
                Append(hash, fdi.UltimateSource);
                Append(hash, fdi.Investor ?? "");
                Append(hash, fdi.ContractedCurrency ?? "");
                Append(hash, fdi.Contracted);
                Append(hash, fdi.ProjectCount);
            }
            if (line.Supplier is { } supplier)
            {
                Append(hash, (long)supplier.Kind);
                Append(hash, supplier.Id);
            }
        }
        return hash.GetCurrentHashAsUInt64();
    }

    private static void Append(XxHash64 hash, long number) =>
        hash.Append(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref number, 1)));

    private static void Append(XxHash64 hash, string text)
    {
        Append(hash, text.Length);
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
