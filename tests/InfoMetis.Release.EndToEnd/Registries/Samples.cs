namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>One image of each kind that is met in the wild.</summary>
internal static class Samples
{
    private const int Small = 40_000;

    /// <summary>By the name of the repository that it is pushed to.</summary>
    public static IReadOnlyDictionary<string, MadeImage> All { get; } =
        new Dictionary<string, MadeImage>(StringComparer.Ordinal)
        {
            ["team/oci"] = Single(Dialect.Oci),
            ["team/docker"] = Single(Dialect.Docker),
            ["team/packings"] = Packings(),
            ["team/platforms"] = Platforms(Dialect.Oci),
            ["team/docker-platforms"] = Platforms(Dialect.Docker),
            ["team/repeats"] = Repeats(),
            ["team/empty-layers"] = EmptyLayers(),
        };

    private static MadeImage Single(Dialect dialect)
    {
        var maker = new ImageMaker(1, dialect);
        return maker.Image("linux/amd64", maker.Layer(Small), maker.Layer(Small));
    }

    private static MadeImage Packings()
    {
        var maker = new ImageMaker(2, Dialect.Oci);
        return maker.Image(
            "linux/amd64",
            maker.Layer(Small, Packing.None),
            maker.Layer(Small, Packing.Gzip),
            maker.Layer(300_000, Packing.Zstd)
        );
    }

    /// <summary>The platforms share a layer, which is also one of the plain images; what a build attests is beside them.</summary>
    private static MadeImage Platforms(Dialect dialect)
    {
        var shared = new ImageMaker(1, dialect).Layer(Small);
        var maker = new ImageMaker(3, dialect);
        var amd = maker.Image("linux/amd64", shared, maker.Layer(Small));
        var arm = maker.Image("linux/arm64", shared, maker.Layer(Small));
        return dialect == Dialect.Docker
            ? maker.Index(amd, arm)
            : maker.Index(amd, arm, maker.Attestation(amd), maker.Attestation(arm));
    }

    private static MadeImage Repeats()
    {
        var maker = new ImageMaker(4, Dialect.Oci);
        var (one, other) = (maker.Layer(Small), maker.Layer(Small));
        return maker.Image("linux/amd64", one, other, one, one, other);
    }

    private static MadeImage EmptyLayers()
    {
        var maker = new ImageMaker(5, Dialect.Oci);
        return maker.Image("linux/amd64", maker.Layer(0), maker.Layer(Small), maker.Layer(0));
    }
}
