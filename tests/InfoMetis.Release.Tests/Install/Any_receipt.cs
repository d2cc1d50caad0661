using System.Text;
using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;
using InfoMetis.Release.Tests.Bundle;

namespace InfoMetis.Release.Tests.Install;

/// <summary>Receipts that were changed at random: never a crash, and a digest never another one unnoticed.</summary>
public sealed class Any_receipt(A_receipt_held_against_a_bundle.Signed signed)
    : IClassFixture<A_receipt_held_against_a_bundle.Signed>,
        IDisposable
{
    private const int Cases = 2000;

    private static readonly byte[] Small = Encoding.UTF8.GetBytes(SampleReceipt.Small.Text());

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_read_or_refused()
    {
        var damages = Any_damage_to_an_archive.Changes.NonEmptyListOf().Select(changes => changes.Take(3).ToList());
        Prop.ForAll(
                damages.ToArbitrary(),
                changes => Read(changes.Aggregate(Small, (bytes, change) => change.Apply(bytes)))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    [Fact]
    public async Task Has_no_digest_that_could_be_another_one()
    {
        var text = SampleReceipt.Of(signed.Bundle, signed.Fingerprint).Text();
        var files = BundleFiles.Find([signed.Bundle]);
        var policy = new SignaturePolicy { Trusted = TrustedKeys.From([signed.Key]) };
        var bundle = await new ReleaseVerify(new ReleaseBuilder(BomFolder.BuiltIn), policy).OfFilesAsync(
            files,
            CancellationToken.None
        );
        Check(text).IsProof.ShouldBeTrue();
        var places = Places(text, $"{Digest.Algorithm}:").Select(at => at + Digest.Algorithm.Length + 1).ToArray();
        places.Length.ShouldBeGreaterThan(100);

        Prop.ForAll(
                (from place in Gen.Elements(places) from digit in Gen.Choose(0, 63) select place + digit).ToArbitrary(),
                at =>
                    Check($"{text[..at]}{(text[at] == '0' ? '1' : '0')}{text[(at + 1)..]}")
                        .IsProof.ShouldBeFalse(text[(at - 100)..at])
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases / 4));

        CheckedReceipt Check(string receipt) =>
            new ReleaseReceipt(_folder.Write("changed.json", Encoding.UTF8.GetBytes(receipt))).Against(files, bundle);
    }

    private void Read(byte[] receipt)
    {
        var check = new ReleaseReceipt(_folder.Write("damaged.json", receipt)).Alone();
        (check.Receipt is not null || !check.IsProof).ShouldBeTrue();
        check
            .All.Select(finding => ExitCodes.Of(finding.Code))
            .ShouldAllBe(code =>
                code == ExitCode.Integrity || code == ExitCode.TargetIncomplete || code == ExitCode.SignatureNotTrusted
            );
    }

    private static IEnumerable<int> Places(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; )
        {
            yield return at;
            at = text.IndexOf(word, at + 1, StringComparison.Ordinal);
        }
    }
}
