using System.Runtime.InteropServices;
using System.Text;
using ClusterPulse.Facts;

namespace ClusterPulse.Aggregation;

/// <summary>Sums of deltas by cell: what one commit, or several, change in one place. Additions commute, and overflow is an
/// error rather than a wrong figure.</summary>
[GenerateSerializer, Alias("ClusterPulse.CellSums")]
public sealed class CellSums
{
    [Id(0)] private readonly Dictionary<CellKey, long> _sums = [];

    public int Count => _sums.Count;

    public Dictionary<CellKey, long>.Enumerator GetEnumerator() => _sums.GetEnumerator();

    public void Add(in CellKey key, long amount)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sum = checked(sum + amount);
    }

    public void Add(CellSums other)
    {
        foreach (var (key, amount) in other._sums)
            Add(key, amount);
    }

    /// <summary>Forgets cells whose changes cancelled.</summary>
    public void DropZeros()
    {
        foreach (var (key, amount) in _sums)
        {
            if (amount == 0)
                _sums.Remove(key);
        }
    }

    /// <summary>Forgets measures above a level, see <see cref="CellLevels"/>.</summary>
    public void DropAbove(int level)
    {
        foreach (var key in _sums.Keys)
        {
            if (CellLevels.Of(key.Measure) > level)
                _sums.Remove(key);
        }
    }

    /// <summary>Compact form for the commit log. Keys of one measure mostly share their dimension, so words are written once
    /// and referred to.</summary>
    public byte[] Encode()
    {
        using var stream = new MemoryStream(_sums.Count * 12);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, amount) in _sums)
        {
            if (amount == 0)
                continue;
            writer.Write((byte)key.Measure);
            writer.Write7BitEncodedInt(key.Period.Index);
            WriteWord(key.Industry);
            WriteWord(key.Dimension);
            writer.Write7BitEncodedInt64((amount << 1) ^ (amount >> 63));
        }
        return stream.ToArray();

        void WriteWord(string word)
        {
            if (words.TryGetValue(word, out var index))
            {
                writer.Write7BitEncodedInt(index);
                return;
            }
            words.Add(word, words.Count);
            writer.Write7BitEncodedInt(words.Count - 1);
            writer.Write(word);
        }
    }

    /// <summary>The reverse of <see cref="Encode"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was encoded.</exception>
    public static CellSums Decode(byte[] bytes)
    {
        var sums = new CellSums();
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        var words = new List<string>();
        while (reader.BaseStream.Position < bytes.Length)
        {
            var measure = (Measure)reader.ReadByte();
            var period = new Month(reader.Read7BitEncodedInt());
            var key = new CellKey(measure, ReadWord(), ReadWord(), period);
            var zigzag = reader.Read7BitEncodedInt64();
            sums.Add(key, (long)((ulong)zigzag >> 1) ^ -(zigzag & 1));
        }
        return sums;

        string ReadWord()
        {
            var index = reader.Read7BitEncodedInt();
            if (index == words.Count)
                words.Add(reader.ReadString());
            return index < words.Count ? words[index] : throw new InvalidDataException("commit log payload is damaged");
        }
    }
}
