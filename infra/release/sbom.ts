/** A list of components in CycloneDX, as far as it is read here. */
export type Sbom = {
  readonly bomFormat: string;
  readonly metadata: {
    readonly component: { readonly name: string; readonly version: string; readonly 'bom-ref': string };
  };
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

export type SbomResult = { readonly sbom: Sbom; readonly problems: readonly string[] };

/**
 * Of all that is installed, what is deployed: the packages that the bundle has parts of, each as `name@version`. npm's
 * own `--omit=dev` is no way to it: it leaves out whatever a tool needs as well, also where the bot does.
 */
export function sbomOfBundle(installed: Sbom, name: string, bundled: readonly string[]): SbomResult {
  const { component } = installed.metadata;
  const kept = new Set([...bundled, component['bom-ref']]);
  const components = installed.components.filter((one) => kept.has(one['bom-ref']));
  const listed = new Set(components.map((one) => one['bom-ref']));
  return {
    sbom: {
      ...installed,
      // npm names the component after the folder that it was asked in.
      metadata: { ...installed.metadata, component: { ...component, name } },
      components,
      dependencies: installed.dependencies
        .filter(({ ref }) => kept.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) })),
    },
    problems: [
      ...(installed.bomFormat === 'CycloneDX' ? [] : ['The SBOM is not in the format CycloneDX.']),
      ...bundled
        .filter((one) => !listed.has(one))
        .map((one) => `${one} is in the bundle and not in the SBOM.`),
    ],
  };
}
