/** The owner when none is configured: the tenant and its permission-set app, e.g. `example.cybozu.com/10`. */
export function defaultOwner(baseUrl: URL, permissionSetApp: number): string {
  // The address for client certificates is the same tenant; changing to it must not change who owns the sets.
  const host = baseUrl.host.replace(/^([a-z0-9-]+)\.s\.(cybozu\.com|kintone\.com|cybozu\.cn)$/, "$1.$2");
  return `${host}/${permissionSetApp}`;
}
