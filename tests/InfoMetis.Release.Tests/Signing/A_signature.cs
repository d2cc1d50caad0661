using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class A_signature
{
    private static readonly byte[] Signature = Sample.Own.Sign(Sample.Sums);

    private static readonly string Bundle = new SigstoreBundle(Digest.Of(Sample.Sums), Signature).Print(
        Sample.Own.Public
    );

    private static readonly Gen<byte[]> Contents = ArbMap.Default.GeneratorFor<byte[]>();

    [Fact]
    public void Verifies_by_the_key_it_was_made_with_and_by_no_other() =>
        Law.Holds(
            Contents,
            content =>
            {
                var signature = Sample.Own.Sign(content);
                Sample.Own.Public.Verifies(content, signature).ShouldBeTrue();
                Sample.Stranger.Public.Verifies(content, signature).ShouldBeFalse();
            }
        );

    [Fact]
    public void Holds_for_no_content_of_which_a_bit_was_flipped() =>
        Law.Holds(Flipped(Sample.Sums), content => Sample.Own.Public.Verifies(content, Signature).ShouldBeFalse());

    [Fact]
    public void Holds_no_more_once_a_bit_of_it_was_flipped() =>
        Law.Holds(Flipped(Signature), signature => Sample.Own.Public.Verifies(Sample.Sums, signature).ShouldBeFalse());

    [Fact]
    public void Holds_for_nothing_when_it_is_any_bytes() =>
        Law.Holds(Contents, bytes => Sample.Own.Public.Verifies(Sample.Sums, bytes).ShouldBeFalse());

    [Fact]
    public void Is_read_from_its_line_as_it_was_written() =>
        Law.Holds(
            Contents.NonEmptyListOf().Select(contents => contents.Take(8).Select(content => Sample.Own.Sign(content))),
            signatures =>
            {
                var text = new SignatureFile([.. signatures]).ToString();
                var findings = new List<Finding>();
                SignatureFile.Parse(text, "SHA256SUMS.sig", findings)?.ToString().ShouldBe(text);
                findings.ShouldBeEmpty();
            }
        );

    [Fact]
    public void Is_read_from_no_text_that_would_be_written_otherwise()
    {
        // Once: signatures of one key over one text differ, also in their length.
        var signed = Sample.Signed(Sample.Own);
        Law.Holds(
            from at in Gen.Choose(0, signed.Length)
            from more in Law.TextOf("aZ0+/= \r\n\té")
            select signed.Insert(at, more),
            text =>
            {
                var findings = new List<Finding>();
                var file = SignatureFile.Parse(text, "SHA256SUMS.sig", findings);
                (file is null).ShouldBe(findings.Count > 0);
                file?.ToString().ShouldBe(text);
            }
        );
    }

    [Fact]
    public void Is_read_from_a_Sigstore_bundle_as_it_was_written() =>
        Law.Holds(
            Contents,
            content =>
            {
                var text = new SigstoreBundle(Digest.Of(content), Sample.Own.Sign(content)).Print(Sample.Own.Public);
                SigstoreBundle.TryParse(text, out var bundle, out var reason).ShouldBeTrue(reason);
                bundle.Print(Sample.Own.Public).ShouldBe(text);
            }
        );

    [Fact]
    public void Is_refused_with_a_reason_from_any_other_bundle() =>
        Law.Holds(
            Gen.OneOf(
                Law.AnyText,
                Gen.Choose(0, Bundle.Length - 2).Select(end => Bundle[..end]),
                from at in Gen.Choose(0, Bundle.Length)
                from more in Law.TextOf("aZ0\\\"{}[]:,u\ud800\n")
                select Bundle.Insert(at, more)
            ),
            text => SigstoreBundle.TryParse(text, out _, out var reason).ShouldBe(reason is null)
        );

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","mediaType":""}""")]
    [InlineData("""{"mediaType":"\ud800"}""")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.2+json"}""")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","messageSignature":[]}""")]
    public void Is_read_from_no_document_of_another_form(string json)
    {
        SigstoreBundle.TryParse(json, out _, out var reason).ShouldBeFalse();
        reason.ShouldNotBeNullOrEmpty();
    }

    private static Gen<byte[]> Flipped(byte[] content) =>
        from at in Gen.Choose(0, content.Length - 1)
        from bit in Gen.Choose(0, 7)
        select content.Select((value, index) => index == at ? (byte)(value ^ (1 << bit)) : value).ToArray();
}
