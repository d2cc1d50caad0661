using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>Bundles that were changed on their way. Nothing may be done with any of them.</summary>
[Collection(Installing.Name)]
public sealed class A_bundle_that_is_not_trusted(Installing bundles)
{
    private const int Damaged = 30;
    private const int Distrusted = 31;

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["another key"] = new(Distrusted, "IMR5202", medium => { }) { Key = KeyOfAnother },
        ["a list that was signed by another"] = new(Distrusted, "IMR5202", medium => medium.SignAgain()),
        ["no signature"] = new(Distrusted, "IMR5201", medium => File.Delete(medium.PathOf("SHA256SUMS.sig"))),
        ["a signature that is none"] = new(
            Distrusted,
            "IMR5202",
            medium => File.WriteAllText(medium.PathOf("SHA256SUMS.sig"), "none\n\n")
        ),
        ["a changed list"] = new(
            Distrusted,
            "IMR5202",
            medium => medium.Replace("SHA256SUMS", "inventory.json", "inventory.jsom")
        ),
        ["a key that is none"] = new(Distrusted, "IMR5204", medium => { })
        {
            Key = (host, _) => host.Scratch.Write("none.pub", "none\n"),
        },
        ["a key that is not there"] = new(Distrusted, "IMR5205", medium => { })
        {
            Key = (host, _) => host.Scratch.PathOf("nowhere.pub"),
        },
        ["an extra file"] = new(Damaged, "IMR5105", medium => File.WriteAllText(medium.PathOf("extra"), "")),
        ["a hidden file"] = new(Damaged, "IMR5105", medium => File.WriteAllText(medium.PathOf(".extra"), "")),
        ["a file hidden well"] = new(Damaged, "IMR5105", medium => File.WriteAllText(medium.PathOf("..extra"), "")),
        ["a file with a line break"] = new(
            Damaged,
            "IMR5105",
            medium => File.WriteAllText(medium.PathOf("install.sh\ninventory.json"), "")
        ),
        ["an extra folder"] = new(Damaged, "IMR5105", medium => Directory.CreateDirectory(medium.PathOf("extra"))),
        ["a link that leads nowhere"] = new(
            Damaged,
            "IMR5105",
            medium => File.CreateSymbolicLink(medium.PathOf("extra"), "nowhere")
        ),
        ["a link instead of a file"] = new(
            Damaged,
            "IMR5103",
            medium =>
            {
                File.Move(medium.PathOf("VERIFY.txt"), Path.Combine(medium.Folder, "..", "VERIFY.txt"));
                File.CreateSymbolicLink(medium.PathOf("VERIFY.txt"), "../VERIFY.txt");
            }
        ),
        ["a missing file"] = new(Damaged, "IMR5103", medium => File.Delete(medium.PathOf(Medium.Archive))),
        ["no list"] = new(Damaged, "IMR5102", medium => File.Delete(medium.PathOf("SHA256SUMS"))),
        ["a missing line"] = Listing(lines => [.. lines.Skip(1)]) with { Code = "IMR5105" },
        ["no line for the inventory"] = Listing(lines =>
            [.. lines.Where(line => !line.EndsWith("inventory.json", StringComparison.Ordinal))]
        ),
        ["no line for the archive"] = Listing(lines =>
            [.. lines.Where(line => !line.Contains(".tar", StringComparison.Ordinal))]
        ),
        ["an empty list"] = Listing(_ => []),
        ["a line twice"] = Listing(lines => [.. lines, lines[0]]),
        ["a hash in capitals"] = Listing(lines => [lines[0].ToUpperInvariant(), .. lines.Skip(1)]),
        ["a hash that is short"] = Listing(lines => [lines[0][1..], .. lines.Skip(1)]),
        ["one blank"] = Listing(lines => [.. lines.Select(line => line.Replace("  ", " ", StringComparison.Ordinal))]),
        ["line ends of another system"] = Listing(lines => [.. lines.Select(line => $"{line}\r")]),
        ["a path outside"] = Listing(lines => [.. lines, $"{new string('a', 64)}  ../passwd"]),
        ["a path with a sign for shells"] = Listing(lines => [.. lines, $"{new string('a', 64)}  $(reboot)"]),
        ["names that differ in case"] = Listing(lines => [.. lines, $"{new string('a', 64)}  Install.sh"]),
        ["an inventory of another platform"] = SignedAgain(
            "IMR5114",
            medium => medium.Replace("inventory.json", "\"platform\": \"linux/amd64\"", "\"platform\": \"linux/arm64\"")
        ),
        ["an inventory of another version"] = SignedAgain(
            "IMR5114",
            medium => medium.Replace("inventory.json", "\"version\": \"0.5.0\"", "\"version\": \"0.5.1\"")
        ),
        ["an inventory with a path in a digest"] = SignedAgain(
            "IMR5114",
            medium => medium.Replace("inventory.json", "\"digest\": \"sha256:0", "\"digest\": \"sha256:/")
        ),
        ["an inventory that is none"] = SignedAgain(
            "IMR5114",
            medium => File.WriteAllText(medium.PathOf("inventory.json"), "[\n")
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    [MemberData(nameof(Names))]
    public async Task Is_refused_before_anything_is_touched(string name)
    {
        var one = Cases[name];
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        one.Damage(medium);

        await ShouldBeRefusedAsync(host, medium, one.Key?.Invoke(host, medium) ?? bundles.Key, one.ExitCode, one.Code);
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Is_told_by_one_bit_of_any_file_and_of_any_part()
    {
        using var host = new Host();
        var parts = await bundles.PackedAsync(Installing.Parts);
        foreach (var bundle in new[] { bundles.Folder, parts })
        {
            using var whole = new Medium(bundle);
            foreach (var name in whole.Files.Where(name => name != "SHA256SUMS.sigstore.json"))
            {
                using var medium = new Medium(bundle);
                medium.Flip(name);
                var ofSignature = name.StartsWith("SHA256SUMS", StringComparison.Ordinal);
                var (exit, code) = ofSignature ? (Distrusted, "IMR5202") : (Damaged, $"IMR5104 {name} hashes to");
                var ran = await ShouldBeRefusedAsync(host, medium, bundles.Key, exit, code);
                if (!ofSignature)
                    ran.Error.ShouldContain($"copy only these again: {name} \n");
            }
        }
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Is_told_by_its_parts()
    {
        using var host = new Host();
        var parts = await bundles.PackedAsync(Installing.Parts);
        using (var medium = new Medium(parts))
        {
            medium.Parts.Count.ShouldBeGreaterThan(1);
            File.Delete(medium.PathOf(medium.Parts[1]));
            await ShouldBeRefusedAsync(host, medium, bundles.Key, Damaged, $"IMR5103 {medium.Parts[0]}"[..8]);
        }
        using (var medium = new Medium(parts))
        {
            var (first, second) = (medium.PathOf(medium.Parts[0]), medium.PathOf(medium.Parts[1]));
            File.Move(first, $"{first}.x");
            File.Move(second, first);
            File.Move($"{first}.x", second);
            var ran = await ShouldBeRefusedAsync(host, medium, bundles.Key, Damaged, "IMR5104");
            ran.Error.ShouldContain($"copy only these again: {medium.Parts[0]} {medium.Parts[1]} \n");
        }
        using (var medium = new Medium(parts))
        {
            File.Delete(medium.PathOf(medium.Parts[^1]));
            var key = medium.SignAgain();
            await ShouldBeRefusedAsync(host, medium, key, Damaged, "IMR5101");
        }
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Is_refused_without_a_key_and_with_a_key_that_it_brought_itself()
    {
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        var none = await host.Script(bundles.Folder, [.. host.IntoLayout, medium.Folder]).ToEndAsync();
        none.ShouldSay(Distrusted, "IMR5203", "--key");

        File.Copy(medium.SignAgain(), medium.PathOf("release.pub"));
        var key = medium.SignAgain();
        File.Copy(key, medium.PathOf("release.pub"), overwrite: true);
        // Its hash is in the list, which is signed by it: all of that is as easy for anybody else.
        var within = medium.PathOf("release.pub");
        var link = File.CreateSymbolicLink(host.Scratch.PathOf("link.pub"), within).FullName;
        var around = Directory.CreateSymbolicLink(host.Scratch.PathOf("around"), medium.Folder).FullName;
        foreach (var named in new[] { within, link, Path.Combine(around, "release.pub"), around })
            await ShouldBeRefusedAsync(host, medium, named, Distrusted, "IMR5204");
        var here = host.Script("./", ["--key", "./release.pub", .. host.IntoLayout]) with { Folder = medium.Folder };
        (await here.ToEndAsync()).ShouldSay(Distrusted, "IMR5204");
        host.Look().ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Is_taken_without_a_signature_only_where_that_is_said_and_recorded()
    {
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        File.Delete(medium.PathOf("SHA256SUMS.sig"));
        await ShouldBeRefusedAsync(host, medium, bundles.Key, Distrusted, "IMR5201");

        string[] unsigned = ["--allow-unsigned", .. host.IntoLayout, medium.Folder];
        (await host.Script(bundles.Folder, unsigned).ToEndAsync()).ShouldSay(
            0,
            "warning IMR5211",
            "installed and proved"
        );

        ((bool)host.Report["trust"]!["signed"]!).ShouldBeFalse();
        host.Report["trust"]!["keys"]!.AsArray().ShouldBeEmpty();
        host.Report["findings"]!.AsArray().Select(one => (string)one!["code"]!).ShouldContain("IMR5211");

        // And even so each file is what the list says.
        medium.Flip(Medium.Archive);
        (await host.Script(bundles.Folder, unsigned).ToEndAsync()).ShouldSay(Damaged, "IMR5104");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Is_trusted_by_any_of_several_keys_and_wherever_they_are_named()
    {
        using var host = new Host();
        var other = KeyOfAnother(host, null);
        (await host.InstallAsync(bundles, "--key", other, "--verify-only")).ShouldSay(0, "24 images");
        Directory.CreateDirectory(host.Scratch.PathOf("keys"));
        File.Copy(bundles.Key, host.Scratch.PathOf("keys", "release.pub"));
        host.Variables["IMREL_TRUSTED_KEYS"] = $"{other}:{host.Scratch.PathOf("keys")}";

        (await host.Script(bundles.Folder, "--verify-only").ToEndAsync()).ShouldSay(0, "signed by sha256:");
    }

    private static string KeyOfAnother(Host host, Medium? _)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        return host.Scratch.Write("another.pub", $"{key.ExportSubjectPublicKeyInfoPem()}\n");
    }

    private static Case Listing(Func<string[], string[]> change) =>
        SignedList(
            "IMR5101",
            medium =>
            {
                var lines = change(File.ReadAllLines(medium.PathOf("SHA256SUMS")));
                File.WriteAllText(medium.PathOf("SHA256SUMS"), string.Concat(lines.Select(line => $"{line}\n")));
            }
        );

    /// <summary>A list that a trusted key vouches for all the same.</summary>
    private static Case SignedList(string code, Action<Medium> damage) =>
        new(Damaged, code, damage) { Key = (_, medium) => medium.SignList() };

    private static Case SignedAgain(string code, Action<Medium> damage) =>
        new(Damaged, code, damage) { Key = (_, medium) => medium.SignAgain() };

    private async Task<Finished> ShouldBeRefusedAsync(Host host, Medium medium, string key, int exitCode, string code)
    {
        var ran = await host.Script(bundles.Folder, ["--key", key, .. host.IntoLayout, medium.Folder]).ToEndAsync();
        ran.ShouldSay(exitCode, $"error {code}", "hint: ", "nothing was changed");
        ran.Error.ShouldNotContain("install.sh: ");
        host.Look().ShouldBeEmpty();
        Directory.GetFileSystemEntries(host.Scratch.PathOf("tmp")).ShouldBeEmpty();
        return ran;
    }

    private sealed record Case(int ExitCode, string Code, Action<Medium> Damage)
    {
        public Func<Host, Medium, string>? Key { get; init; }
    }
}
