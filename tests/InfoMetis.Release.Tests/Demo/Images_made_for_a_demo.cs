using System.Diagnostics;
using InfoMetis.Release.Demo;
using InfoMetis.Release.Oci;
using Shouldly;

namespace InfoMetis.Release.Tests.Demo;

public sealed class Images_made_for_a_demo
{
    private static readonly ImageReference[] Names =
    [
        .. Enumerable
            .Range(0, 6)
            .Select(at => ImageReference.Parse($"docker.io/{(at < 3 ? "one" : "two")}/app{at}:1.{at}")),
    ];

    private static readonly IReadOnlyList<DemoImage> Images = Make();

    [Fact]
    public void Are_the_same_each_time() =>
        Make().Select(image => image.Root.Digest).ShouldBe(Images.Select(image => image.Root.Digest));

    [Fact]
    public void Bear_the_names_they_were_asked_for() =>
        Images.Select(image => image.Name).ShouldBe(Names.Select(name => name.Tagged));

    [Fact]
    public void Are_what_their_digests_say()
    {
        foreach (var content in Images.SelectMany(image => image.Content))
        {
            Digest.Of(content.Bytes.Span).ShouldBe(content.Descriptor.Digest);
            ((long)content.Bytes.Length).ShouldBe(content.Descriptor.Size);
        }
    }

    [Fact]
    public void Hold_whatever_they_refer_to_before_what_refers_to_it()
    {
        foreach (var image in Images)
        {
            var there = new HashSet<Digest>();
            foreach (var content in image.Content)
            {
                var type = content.Descriptor.MediaType;
                if (MediaTypes.IsIndex(type) || MediaTypes.IsManifest(type))
                    ImageDocument
                        .Children(content.Descriptor, content.Bytes)
                        .ShouldAllBe(child => there.Contains(child.Digest));
                there.Add(content.Descriptor.Digest);
            }
        }
    }

    [Fact]
    public void Come_with_an_index_and_without_one() =>
        Images
            .Select(image => image.Root.MediaType)
            .Distinct()
            .Order()
            .ShouldBe([MediaTypes.OciIndex, MediaTypes.OciManifest]);

    [Fact]
    public void Share_what_comes_from_one_publisher()
    {
        var all = Images.SelectMany(image => image.Content).Where(content => content.Unpacked is not null).ToList();
        // For each of two publishers one layer, one of all, and each image has its own for each of its platforms.
        all.DistinctBy(layer => layer.Unpacked).Count().ShouldBe(2 + 1 + 6 + Images.Count(HasIndex));
        all.Sum(layer => layer.Descriptor.Size).ShouldBeLessThan(40_000_000);
    }

    [Theory]
    [InlineData("linux/amd64", 62)]
    [InlineData("linux/arm64", 183)]
    public void Hold_a_program_for_their_platform(string platform, byte machine)
    {
        var program = TinyProgram.Saying("hello", Platform.Parse(platform));
        program[..4].ShouldBe("\u007fELF"u8.ToArray());
        program[18].ShouldBe(machine);
    }

    [Fact]
    public async Task Hold_a_program_that_runs()
    {
        var platform = Platform.Parse(
            System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            is System.Runtime.InteropServices.Architecture.Arm64
                ? "linux/arm64"
                : "linux/amd64"
        );
        using var folder = new TemporaryFolder();
        var file = folder.File("hello");
        await File.WriteAllBytesAsync(file, TinyProgram.Saying("it runs: ä", platform));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = Process.Start(
            new ProcessStartInfo(file) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        (await process.StandardOutput.ReadToEndAsync()).ShouldBe("it runs: ä\n");
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }

    private static bool HasIndex(DemoImage image) => MediaTypes.IsIndex(image.Root.MediaType);

    private static IReadOnlyList<DemoImage> Make() =>
        new DemoImages(DateTimeOffset.Parse("2025-07-25T21:31:16Z")).Of(Names);
}
