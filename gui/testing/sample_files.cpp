// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

#include <chrono>

namespace coracle::gui {
namespace {

using types::ImageFile;
using types::ImageFileKind;

constexpr std::int64_t kDayNs = 86'400'000'000'000;

std::int64_t agoNs(std::int64_t minutes) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - minutes * 60'000'000'000;
}

ImageFile folder(const char* name, std::int64_t minutes = 0) {
    ImageFile file;
    file.kind = ImageFileKind::Folder;
    file.mode = 0755;
    file.path = name;
    file.mtimeNs = minutes == 0 ? agoNs(0) - 40 * kDayNs : agoNs(minutes);
    return file;
}

ImageFile plain(const char* name, std::uint64_t size, std::int64_t minutes = 0, std::uint32_t uid = 0) {
    ImageFile file = folder(name, minutes);
    file.kind = ImageFileKind::File;
    file.mode = 0644;
    file.size = size;
    file.uid = uid;
    return file;
}

ImageFile link(const char* name, const char* target) {
    ImageFile file = folder(name);
    file.kind = ImageFileKind::Symlink;
    file.link = target;
    return file;
}

ImageFile gone(const char* name) {
    ImageFile file;
    file.kind = ImageFileKind::Whiteout;
    file.path = name;
    return file;
}

const std::string kCart =
    "const db = require(\"../lib/db\");\n"
    "const pay = require(\"../lib/pay\");\n"
    "\n"
    "module.exports = async (cart) => {\n"
    "  const order = await db.create(cart);\n"
    "  try {\n";
const std::string kCartEnd = "    order.state = \"paid\";\n";
const std::string kCartTail =
    "  }\n"
    "  return order;\n"
    "};\n";

FakeFiles apiFiles() {
    FakeFiles files;
    files.folders["/"] = {folder("app", 90), folder("data"), folder("etc", 400), folder("home"),
                          folder("tmp", 80), folder("usr"),  folder("var"),      link("bin", "usr/bin")};
    files.folders["/app"] = {folder("lib"), folder("routes", 85), plain(".env", 412, 110),
                             plain("package.json", 1830), plain("server", 44'120)};
    files.folders["/app/lib"] = {plain("db.js", 2310), plain("pay.js", 4022)};
    files.folders["/app/routes"] = {plain("cart.js", 6100, 88), plain("debug.js", 820, 85)};
    files.folders["/data"] = {plain("uploads.idx", 90'112, 5, 1000)};
    files.folders["/etc"] = {plain("hosts", 214, 430), plain("passwd", 922), plain("resolv.conf", 62, 430)};
    files.folders["/home"] = {};
    files.folders["/tmp"] = {plain("upload-8841.part", 2'900'000, 79, 1000)};
    files.folders["/usr"] = {folder("bin"), folder("share", 300)};
    files.folders["/usr/bin"] = {};
    files.folders["/usr/share"] = {folder("zoneinfo")};
    files.folders["/usr/share/zoneinfo"] = {};
    files.folders["/var"] = {folder("log")};
    files.folders["/var/log"] = {};
    files.contents["/etc/passwd"] = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n";
    files.contents["/app/routes/cart.js"] =
        kCart + "    await pay.charge(order, { timeout: 8000 });\n    debug(\"charged\", order.id);\n" +
        kCartEnd + "  } catch (err) {\n    return retry(order, err);\n" + kCartTail;
    files.originals["/app/routes/cart.js"] = kCart + "    await pay.charge(order, { timeout: 3000 });\n" +
                                             kCartEnd + "  } catch (err) {\n    throw err;\n" + kCartTail;
    files.contents["/app/routes/debug.js"] = "module.exports = console.error;\n";
    files.contents["/app/.env"] = "LOG_LEVEL=debug\n";
    files.originals["/app/.env"] = "LOG_LEVEL=info\n";
    files.contents["/app/server"] = std::string("\x7f\x45LF\0\1", 6);
    return files;
}

FakeFiles uploadFiles() {
    constexpr std::uint32_t kNode = 1000;
    FakeFiles files;
    const auto ofNode = [](ImageFile file) {
        file.uid = kNode;
        return file;
    };
    files.folders["/"] = {ofNode(folder("2025")), ofNode(folder("2026", 20)), plain(".keep", 0)};
    files.folders["/2025"] = {ofNode(folder("11")), ofNode(folder("12"))};
    files.folders["/2026"] = {ofNode(folder("02")), ofNode(folder("03", 20))};
    files.folders["/2026/03"] = {ofNode(folder("thumbs", 21)),
                                 ofNode(folder("originals", 21)),
                                 plain("8841-front.jpg", 2'900'000, 30, kNode),
                                 plain("8841-back.jpg", 3'100'000, 31, kNode),
                                 plain("8840.png", 812'000, 49, kNode),
                                 plain("8839.png", 1'400'000, 51, kNode),
                                 plain("index.sqlite", 14'000'000, 20),
                                 plain("index.sqlite-wal", 1'100'000, 20)};
    for (const char* path : {"/2025/11", "/2025/12", "/2026/02", "/2026/03/thumbs", "/2026/03/originals"}) {
        files.folders[path] = {};
    }
    return files;
}

types::LayerFiles layer(const char* digit, const char* createdBy, std::uint64_t bytes,
                        std::vector<ImageFile> files) {
    return {std::string("sha256:") + std::string(64, digit[0]), createdBy, bytes, std::move(files)};
}

/// As the build of a person who forgot a cache: what a later step deletes is carried along.
std::vector<types::LayerFiles> apiLayers() {
    return {
        layer("1", "FROM debian:12-slim", 74'000'000,
              {folder("etc"), plain("etc/passwd", 922), plain("etc/debian_version", 5), folder("usr"),
               folder("usr/bin"), plain("usr/bin/bash", 1'265'648), plain("usr/bin/perl", 4'000'000),
               folder("usr/lib"), plain("usr/lib/libc.so.6", 68'700'000), folder("tmp"), folder("root")}),
        layer(
            "2", "RUN apt-get install -y nodejs", 96'000'000,
            {plain("usr/bin/node", 92'900'000), folder("var"), folder("var/cache"), folder("var/cache/apt"),
             plain("var/cache/apt/pkgcache.bin", 3'100'000), plain("etc/passwd", 961), gone("usr/bin/perl")}),
        layer("3", "WORKDIR /app", 0, {folder("app")}),
        layer("4", "COPY package.json .", 1830, {plain("app/package.json", 1830)}),
        layer("5", "RUN npm ci --omit=dev", 14'000'000 + 11'200'000,
              {folder("app/node_modules"), folder("app/node_modules/express"),
               plain("app/node_modules/express/index.js", 212'000), folder("app/node_modules/pg"),
               plain("app/node_modules/pg/client.js", 388'000), folder("app/node_modules/pg-native"),
               folder("app/node_modules/pg-native/build"),
               plain("app/node_modules/pg-native/build/addon.node", 3'900'000),
               plain("app/node_modules/pg-native/package.json", 1100), folder("app/node_modules/sharp"),
               plain("app/node_modules/sharp/sharp.node", 7'700'000), plain("app/package.json", 1835),
               folder("root/.npm"), folder("root/.npm/_cacache"),
               plain("root/.npm/_cacache/content", 11'200'000)}),
        layer("6", "COPY . .", 3'900'000,
              {folder("app/routes"), plain("app/routes/cart.js", 5900), plain("app/server", 44'120),
               folder("app/test"), plain("app/test/fixtures.bin", 3'800'000)}),
        layer("7", "RUN rm -rf /root/.npm /app/test", 0, {gone("root/.npm"), gone("app/test")}),
    };
}

}  // namespace

void addSampleFiles(FakeEngine& fake) {
    fake.setFiles("api", apiFiles());
    fake.setWritten("api", 3'000'000);
    fake.setVolumeFiles("shop_uploads", uploadFiles());
    fake.setChanges("api", {{'C', "/app", true},
                            {'C', "/app/.env"},
                            {'C', "/app/routes", true},
                            {'C', "/app/routes/cart.js"},
                            {'A', "/app/routes/debug.js"},
                            {'C', "/etc", true},
                            {'C', "/etc/hosts"},
                            {'C', "/etc/resolv.conf"},
                            {'C', "/tmp", true},
                            {'A', "/tmp/upload-8841.part"},
                            {'C', "/usr", true},
                            {'C', "/usr/share", true},
                            {'D', "/usr/share/doc"}});
    fake.setImageFiles("localhost/shop/api:2.3", apiLayers());
}

}  // namespace coracle::gui
