namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>An image that is named as one of InfoMetis 0.5.0 is, with a layer for each of these Debian packages.</summary>
internal sealed record CorpusImage(string Repository, string Tag, IReadOnlyList<string> Packages)
{
    private static readonly string[] Base = ["libc6", "coreutils", "bash", "perl-base"];
    private static readonly string[] Java = [.. Base, "openjdk-17-jre-headless"];
    private static readonly string[] Confluent = [.. Java, "libstd-rust-dev", "libicu72"];
    private static readonly string[] Kubernetes = ["libc6", "iptables"];

    /// <summary>Their sizes and what they share follow the real ones, as far as Debian has packages of such sizes.</summary>
    public static IReadOnlyList<CorpusImage> All { get; } =
    [
        new("k0sproject/k0s", "latest", [.. Base, "containerd", "iptables"]),
        new("library/traefik", "v2.9", [.. Base, "prometheus"]),
        new("apache/nifi", "1.23.2", [.. Java, "texlive-fonts-extra"]),
        new("apache/nifi-registry", "1.23.2", [.. Java, "fonts-noto-cjk-extra"]),
        new("library/elasticsearch", "8.15.0", [.. Base, "openjdk-17-jdk-headless", "ghc"]),
        new("grafana/grafana", "10.2.0", [.. Base, "chromium"]),
        new("confluentinc/cp-kafka", "7.5.0", [.. Confluent, "scala", "libboost1.74-dev"]),
        new("confluentinc/cp-kafka-rest", "7.5.0", [.. Confluent, "libreoffice-core"]),
        new("provectuslabs/kafka-ui", "latest", [.. Java, "fonts-noto-cjk"]),
        new("library/busybox", "1.35", ["busybox-static"]),
        new("confluentinc/cp-schema-registry", "7.5.0", [.. Confluent, "llvm-14-dev"]),
        new("apache/flink", "1.18-scala_2.12", [.. Java, "scala", "linux-source-6.1"]),
        new("confluentinc/ksqldb-server", "0.29.0", [.. Confluent, "golang-1.19-go", "golang-1.19-src"]),
        new("confluentinc/ksqldb-cli", "0.29.0", [.. Confluent, "golang-1.19-go"]),
        new("prom/prometheus", "v2.47.0", ["busybox-static", "prometheus", "prometheus-node-exporter"]),
        new("confluentinc/cp-kafka-connect", "7.5.0", [.. Confluent, "firefox-esr", "fonts-noto-extra"]),
        new("prom/alertmanager", "v0.25.1", ["busybox-static", "etcd-server"]),
        new("cloudnativelabs/kube-router", "v1.3.2", [.. Kubernetes, "thunderbird"]),
        new("coredns/coredns", "1.7.1", ["libc6", "postgresql-15"]),
        new("k0sproject/apiserver-network-proxy-agent", "0.0.32-k0s1", ["libc6", "libllvm14"]),
        new("k0sproject/cni-node", "0.1.0", [.. Kubernetes, "libclang-14-dev"]),
        new("kube-proxy", "v1.23.17", [.. Kubernetes, "gnat-12"]),
        new("metrics-server/metrics-server", "v0.5.2", ["libc6", "gcc-12"]),
        new("pause", "3.5", ["busybox-static"]),
    ];
}
