using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>
/// Archives of the writer, changed at random: never a crash, a hang, or "sound". IMREL_FUZZ_CASES says how many there are.
/// </summary>
public sealed class Any_damage_to_an_archive
{
    private const int FewCases = 3000;

    private static readonly int Cases = int.TryParse(
        Environment.GetEnvironmentVariable("IMREL_FUZZ_CASES"),
        CultureInfo.InvariantCulture,
        out var cases
    )
        ? cases
        : FewCases;

    public enum Kind
    {
        Flip,
        Set,
        Cut,
        Insert,
        Remove,
        Repeat,
        Swap,
        Zero,
        Digit,
    }

    /// <summary>A change of some bytes at some place; the numbers are taken modulo what there is.</summary>
    public sealed record Change(Kind Kind, int At, int Length, int Value)
    {
        public byte[] Apply(byte[] bytes)
        {
            if (bytes.Length == 0)
                return [(byte)Value];
            var at = At % bytes.Length;
            var end = Math.Min(bytes.Length, at + 1 + (Length % 600));
            return Kind switch
            {
                Kind.Flip => With(bytes, at, (byte)(bytes[at] ^ (1 << (Value % 8)))),
                Kind.Set => With(bytes, at, (byte)Value),
                Kind.Cut => bytes[..at],
                Kind.Insert => [.. bytes[..at], .. Enumerable.Repeat((byte)Value, end - at), .. bytes[at..]],
                Kind.Remove => [.. bytes[..at], .. bytes[end..]],
                Kind.Repeat => [.. bytes[..end], .. bytes[at..]],
                Kind.Swap => [.. bytes[end..], .. bytes[..end]],
                Kind.Zero => [.. bytes[..at], .. new byte[end - at], .. bytes[end..]],
                _ => WithDigit(bytes, at),
            };
        }

        private static byte[] With(byte[] bytes, int at, byte value)
        {
            var changed = bytes.ToArray();
            changed[at] = value;
            return changed;
        }

        /// <summary>Numbers lead furthest: the next digit from here on becomes another one.</summary>
        private byte[] WithDigit(byte[] bytes, int at)
        {
            var digit = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
            return digit < 0 ? bytes : With(bytes, at + digit, (byte)('0' + (Value % 10)));
        }
    }

    internal static Gen<Change> Changes { get; } =
        from kind in Gen.Elements(Enum.GetValues<Kind>())
        from at in Gen.Choose(0, 1 << 20)
        from length in Gen.Choose(0, 1 << 12)
        from value in Gen.Choose(0, 255)
        select new Change(kind, at, length, value);

    [Fact]
    public void Is_never_a_crash_nor_a_hang_nor_sound()
    {
        var damages =
            from kind in Gen.Elements(Enum.GetValues<CompressionKind>())
            from inTar in Gen.Elements(true, false)
            from changes in Changes.NonEmptyListOf()
            select (kind, inTar, changes: changes.Take(4).ToList());
        Prop.ForAll(damages.ToArbitrary(), damage => Holds(damage.kind, damage.inTar, damage.changes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    private static void Holds(CompressionKind kind, bool inTar, IReadOnlyList<Change> changes)
    {
        var original = TinyBundle.Archive(kind);
        // Below the packing, so that checksums of frames do not keep damage from the tar.
        var bytes = inTar && kind is CompressionKind.None ? Consistent(changes) : Damaged(original, changes);
        if (bytes.AsSpan().SequenceEqual(original))
            return;
        var read = Task.Run(() => TinyBundle.Read(bytes));
        // What takes so long for a few kilobytes has no end.
        read.Wait(TimeSpan.FromMinutes(10)).ShouldBeTrue();
        var reading = read.GetAwaiter().GetResult();
        if (reading.Findings.Count == 0)
            TinyBundle.Proved(bytes).ShouldBe(TinyBundle.Proved(original));
        reading.Findings.ShouldAllBe(finding => ExitCodes.Of(finding.Code) != ExitCode.OwnBug);
    }

    private static byte[] Damaged(byte[] bytes, IEnumerable<Change> changes) =>
        changes.Aggregate(bytes, (damaged, change) => change.Apply(damaged));

    /// <summary>Damages the inventory and makes the header before it fit again, so that what it says is reached.</summary>
    private static byte[] Consistent(IEnumerable<Change> changes)
    {
        var tar = TarEdit.Of(TinyBundle.Tar);
        var member = tar[BundleNames.InventoryMember];
        tar[BundleNames.InventoryMember] = member.WithContent(Damaged(member.Content, changes));
        return tar.ToBytes();
    }
}
