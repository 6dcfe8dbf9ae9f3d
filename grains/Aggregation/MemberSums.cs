using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClusterPulse.Aggregation;

/// <summary>
/// What anti-entropy compares: how many enterprises are members of a place, and Σ of a 64-bit hash of each member's id and
/// version, kept as two sums of 32 bits each so that they add like any other cell. A commit that was counted twice or not at all
/// shows in them, whatever it was about.
/// </summary>
/// <param name="Members">Enterprises whose newest profile is there.</param>
/// <param name="High">Σ of the upper halves.</param>
/// <param name="Low">Σ of the lower halves.</param>
public readonly record struct MemberSums(long Members, long High, long Low)
{
    /// <summary>One member.</summary>
    public static MemberSums Of(string enterprise, long version)
    {
        // SHA-256, since PostgreSQL has it too.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{enterprise}:{version}")), hash);
        return new(1, BinaryPrimitives.ReadUInt32BigEndian(hash), BinaryPrimitives.ReadUInt32BigEndian(hash[sizeof(uint)..]));
    }

    public static MemberSums operator +(MemberSums a, MemberSums b) => new(a.Members + b.Members, a.High + b.High, a.Low + b.Low);

    public static MemberSums operator -(MemberSums a, MemberSums b) => new(a.Members - b.Members, a.High - b.High, a.Low - b.Low);

    /// <summary>Those of a place.</summary>
    public static MemberSums In(CellTable cells) => new(cells[Dimensions.MembersCell], cells[Dimensions.HighCell], cells[Dimensions.LowCell]);

    /// <summary>Those of a commit's changes.</summary>
    public static MemberSums In(CellSums sums)
    {
        var found = default(MemberSums);
        foreach (var (key, amount) in sums)
        {
            if (key == Dimensions.MembersCell)
                found = found with { Members = amount };
            else if (key == Dimensions.HighCell)
                found = found with { High = amount };
            else if (key == Dimensions.LowCell)
                found = found with { Low = amount };
        }
        return found;
    }
}

/// <summary>Members of each lowest place, regions and estates, as the facts say, at one vector of writer positions.</summary>
public sealed record Census(CommitVector Positions, IReadOnlyDictionary<string, MemberSums> Places);
