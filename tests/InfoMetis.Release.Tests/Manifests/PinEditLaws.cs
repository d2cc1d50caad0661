using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>What holds of any manifest, however it is written, and of any choice of its images.</summary>
public sealed partial class PinEditLaws
{
    private static readonly string[] Layouts =
    [
        "  - name: NAME{0}    image: IMAGE{0}",
        "  - name: NAME  # image: x/NAME:1{0}    image:   'IMAGE' # 'x/NAME:1' it's{0}",
        "{0}  -   {{ image: \"IMAGE\", name: NAME }}  {0}",
        "  - {{name: NAME, image: IMAGE}} # é😀 @sha256:…{0}",
        "  - image:{0}      IMAGE{0}    name: \"NAME\"{0}{0}",
        "# NAME@DECOY\u2028  -\tname: NAME{0}   \timage: IMAGE{0}".Replace("\t", " ", StringComparison.Ordinal),
        "  - ? image{0}    : 'IMAGE'{0}    ? name{0}    : NAME{0}    # image: IMAGE@DECOY{0}",
    ];

    private static readonly Gen<Written> Images =
        from layout in Gen.Elements(Layouts)
        from pinned in ArbMap.Default.GeneratorFor<bool>()
        from edited in ArbMap.Default.GeneratorFor<bool>()
        from digit in Gen.Elements("0123456789abcdef".ToCharArray())
        select new Written(layout, pinned, edited, new string(digit, 64));

    private static readonly Gen<Case> Cases =
        from count in Gen.Choose(1, 6)
        from images in Images.ListOf(count)
        from ending in Gen.Elements("\n", "\r\n", "\r")
        select new Case([.. images], ending);

    [Fact]
    public void The_edited_manifest_reads_the_same_but_for_the_digests_that_were_put_in() =>
        Law.Holds(
            Cases,
            any =>
            {
                var before = Read(any.Text());
                var edits = any.Edits(before);

                var after = Read(Apply(any.Text(), edits));

                var wanted = edits.ToDictionary(edit => edit.Image.Name, edit => edit.Digest);
                Show(after)
                    .ShouldBe(
                        Show(before, image => wanted.GetValueOrDefault(image.Name, image.Reference.Digest ?? default))
                    );
            }
        );

    [Fact]
    public void Every_byte_outside_of_the_edited_references_stays() =>
        Law.Holds(
            Cases,
            any =>
            {
                var edits = any.Edits(Read(any.Text()));

                var edited = Apply(any.Text(), edits);

                Pins().Replace(edited, "").ShouldBe(Pins().Replace(any.Text(), ""));
                edited.Split("DECOY").Length.ShouldBe(any.Text().Split("DECOY").Length);
                Pins().Count(edited).ShouldBe(Pins().Count(any.Text()) + edits.Count(edit => !edit.Image.IsPinned));
            }
        );

    [Fact]
    public void A_second_time_changes_nothing() =>
        Law.Holds(
            Cases,
            any =>
            {
                var once = Apply(any.Text(), any.Edits(Read(any.Text())));

                Apply(once, any.Edits(Read(once))).ShouldBe(once);
            }
        );

    private static string Apply(string text, IReadOnlyList<PinEdit> edits)
    {
        var findings = new List<Finding>();
        var edited = PinEdit.Apply(text, edits, findings);
        findings.ShouldBeEmpty();
        return edited;
    }

    private static ReleaseManifest Read(string text)
    {
        var (manifest, findings) = Sample.Read(text);
        return manifest ?? throw new InvalidOperationException($"{findings.Show()}\n{text}");
    }

    private static string Show(ReleaseManifest manifest) =>
        Show(manifest, image => image.Reference.Digest ?? default(Digest));

    private static string Show(ReleaseManifest manifest, Func<ReleaseImage, Digest> digest)
    {
        var images = manifest.Images.Select(image =>
            $"{image.Name} {image.Group} {image.Version} {image.Stack} {image.Reference.Tagged} {(digest(image) == default ? "" : digest(image))}"
        );
        return $"{manifest.Name} {manifest.Version} {manifest.K0s} {string.Join('\n', images)}";
    }

    [GeneratedRegex("@sha256:[0-9a-f]{64}")]
    private static partial Regex Pins();

    private sealed record Written(string Layout, bool IsPinned, bool IsEdited, string Hex);

    private sealed record Case(IReadOnlyList<Written> Images, string Ending)
    {
        public string Text()
        {
            var images = Images.Select(
                (image, index) =>
                    string.Format(image.Layout, "\n")
                        .Replace("IMAGE", $"x/n{index}:1{(image.IsPinned ? $"@sha256:{Sample.C}" : "")}")
                        .Replace("NAME", $"n{index}")
            );
            var start = Sample.Text.IndexOf("apps:", StringComparison.Ordinal);
            var text = $"{Sample.Text[..start]}apps:\n{string.Concat(images)}";
            return text.Replace("\n", Ending);
        }

        public IReadOnlyList<PinEdit> Edits(ReleaseManifest manifest) =>
            [
                .. manifest
                    .Apps.Zip(Images)
                    .Where(pair => pair.Second.IsEdited)
                    .Select(pair => new PinEdit(pair.First, Digest.Parse($"sha256:{pair.Second.Hex}"))),
            ];
    }
}
