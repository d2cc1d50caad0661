using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Deployment;

/// <summary>An image that a pod asks for, as it is written.</summary>
/// <param name="PullPolicy">When to pull it, where that is said.</param>
internal readonly record struct DeployedImage(YamlNode Image, YamlText? PullPolicy)
{
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>
    /// All images of a document. Pods are told by their lists of containers, wherever those stand: so templates, lists and
    /// custom resources need no table of kinds.
    /// </summary>
    public static IReadOnlyList<DeployedImage> AllOf(YamlNode document)
    {
        var images = new List<DeployedImage>();
        Walk(document, images);
        return images;
    }

    private static void Walk(YamlNode node, List<DeployedImage> images)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var (key, value) in map.Entries)
                {
                    foreach (var item in (value as YamlList)?.Items.OfType<YamlMap>() ?? [])
                        Add(key.Value, item, images);
                    Walk(value, images);
                }
                break;
            case YamlList list:
                foreach (var item in list.Items)
                    Walk(item, images);
                break;
        }
    }

    private static void Add(string list, YamlMap item, List<DeployedImage> images)
    {
        if (ContainerLists.Contains(list))
            Add(item["image"], item["imagePullPolicy"], images);
        else if (list is "volumes" && item["image"] is YamlMap volume)
            Add(volume["reference"], volume["pullPolicy"], images);
    }

    private static void Add(YamlNode? image, YamlNode? policy, List<DeployedImage> images)
    {
        if (image is not (null or YamlText { IsNothing: true }))
            images.Add(
                new DeployedImage(image, policy is YamlText { Value: not "", IsNothing: false } text ? text : null)
            );
    }
}
