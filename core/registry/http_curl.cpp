// SPDX-License-Identifier: Apache-2.0
//
// Theory of operation. libcurl's connection cache belongs to one multi handle, and a multi handle to one
// thread at a time. So there is a pool of sessions, each with an easy and a multi handle; an exchange takes
// the session that was used last, which keeps a warm connection, and three layers at once use three sessions
// with a connection each. The multi interface is used for a single transfer only because curl_multi_wakeup()
// can end its poll from another thread: that is what makes a cancel quick while a server is silent.
//
// curl's own time limits measure wall time and would blame the server while our sink is busy with a slow
// disk; the limits here do not count the time spent in the sink.
#include "core/registry/http_curl.h"

#include "core/registry/http_proxy.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <dlfcn.h>

namespace coracle::registry {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// The functions that are used; libcurl is never linked.
struct CurlLibrary {
    decltype(&::curl_global_init) globalInit = nullptr;
    decltype(&::curl_easy_init) easyInit = nullptr;
    decltype(&::curl_easy_setopt) setOption = nullptr;
    decltype(&::curl_easy_getinfo) getInfo = nullptr;
    decltype(&::curl_easy_reset) easyReset = nullptr;
    decltype(&::curl_easy_cleanup) easyCleanup = nullptr;
    decltype(&::curl_easy_strerror) describe = nullptr;
    decltype(&::curl_multi_init) multiInit = nullptr;
    decltype(&::curl_multi_cleanup) multiCleanup = nullptr;
    decltype(&::curl_multi_add_handle) addHandle = nullptr;
    decltype(&::curl_multi_remove_handle) removeHandle = nullptr;
    decltype(&::curl_multi_perform) perform = nullptr;
    decltype(&::curl_multi_poll) poll = nullptr;
    decltype(&::curl_multi_wakeup) wakeup = nullptr;
    decltype(&::curl_multi_info_read) readInfo = nullptr;
    decltype(&::curl_slist_append) appendList = nullptr;
    decltype(&::curl_slist_free_all) freeList = nullptr;
};

/// dlsym() gives an object pointer, which C++ does not turn into a function pointer by a cast everywhere;
/// POSIX.1-2008 asks for a system where the two have the same form (dlsym(3)).
template <typename Function>
bool resolve(void* handle, const char* name, Function& function) {
    void* const symbol = ::dlsym(handle, name);
    static_assert(sizeof symbol == sizeof function);
    std::memcpy(&function, &symbol, sizeof symbol);
    return symbol != nullptr;
}

bool resolveAll(void* handle, CurlLibrary& library) {
    return resolve(handle, "curl_global_init", library.globalInit) &&
           resolve(handle, "curl_easy_init", library.easyInit) &&
           resolve(handle, "curl_easy_setopt", library.setOption) &&
           resolve(handle, "curl_easy_getinfo", library.getInfo) &&
           resolve(handle, "curl_easy_reset", library.easyReset) &&
           resolve(handle, "curl_easy_cleanup", library.easyCleanup) &&
           resolve(handle, "curl_easy_strerror", library.describe) &&
           resolve(handle, "curl_multi_init", library.multiInit) &&
           resolve(handle, "curl_multi_cleanup", library.multiCleanup) &&
           resolve(handle, "curl_multi_add_handle", library.addHandle) &&
           resolve(handle, "curl_multi_remove_handle", library.removeHandle) &&
           resolve(handle, "curl_multi_perform", library.perform) &&
           resolve(handle, "curl_multi_poll", library.poll) &&
           resolve(handle, "curl_multi_wakeup", library.wakeup) &&
           resolve(handle, "curl_multi_info_read", library.readInfo) &&
           resolve(handle, "curl_slist_append", library.appendList) &&
           resolve(handle, "curl_slist_free_all", library.freeList);
}

/// Loaded once for the process and never unloaded: libcurl's own libraries do not survive that.
/// null: there is no usable libcurl.
const CurlLibrary* loadCurl() {
    static const CurlLibrary* const kLibrary = []() -> const CurlLibrary* {
        static CurlLibrary library;
        for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
            void* const handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
            if (handle != nullptr && resolveAll(handle, library) &&
                library.globalInit(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
                return &library;
            }
        }
        return nullptr;
    }();
    return kLibrary;
}

/// A folder of certificates by hash is read one file a handshake; the system's single file of all
/// certificates costs 20 ms each time. Empty: there is no such folder (seen on Debian 12 with OpenSSL 3.0).
const std::string& hashedCertificates() {
    static const std::string kFolder = [] {
        const std::string folder = "/etc/ssl/certs";
        const auto names = sys::listDirectory(folder);
        const bool hashed = names && std::any_of(names->begin(), names->end(), [](const std::string& name) {
                                return name.size() == 10 && name.ends_with(".0");
                            });
        return hashed ? folder : std::string();
    }();
    return kFolder;
}

/// The two handles of one exchange at a time. They keep their connections between exchanges, and through
/// easyReset() nothing else: options, headers and credentials of one request cannot reach the next.
struct Session {
    explicit Session(const CurlLibrary& curlLibrary)
        : curl(curlLibrary), easy(curl.easyInit()), multi(curl.multiInit()) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() {
        curl.easyCleanup(easy);
        (void)curl.multiCleanup(multi);
    }
    const CurlLibrary& curl;
    CURL* easy;
    CURLM* multi;
    std::array<char, CURL_ERROR_SIZE> errorText{};
};

/// State of one exchange and the callbacks that change it. All of them run on the thread that is in run(),
/// inside libcurl's perform(). The callbacks are C functions to libcurl, so an exception must not leave
/// them; the sinks report by Result. They keep what went wrong in m_failure, because libcurl's own code
/// would only say "the callback failed".
class Exchange {
public:
    Exchange(Session& session, const HttpRequest& request, const HttpLimits& limits, HttpSink& sink)
        : m_session(session), m_request(request), m_limits(limits), m_sink(sink) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange() { m_session.curl.freeList(m_headerList); }

    HttpOutcome run(const std::stop_token& stop);

private:
    template <typename Value>
    void set(CURLoption option, Value value) {
        (void)m_session.curl.setOption(m_session.easy, option,
                                       value);  // NOLINT(*-vararg): libcurl's interface
    }
    void configure();
    void configureTls();
    void configureHeaders();
    void configureMethod();
    HttpFailure failure(HttpFault fault, const std::string& what) const;
    HttpFailure failureOf(CURLcode code);
    std::optional<HttpFailure> overdue();
    HttpOutcome finish(CURLcode code);

    bool isSending() const { return m_request.upload != nullptr && m_sentBytes < m_request.upload->size(); }
    /// Time that the other side had, without our own sink's and source's.
    milliseconds elapsed() const {
        return std::chrono::duration_cast<milliseconds>(Clock::now() - m_started - m_inSink);
    }
    bool takeHeader(std::string_view line);
    bool deliverHead();
    bool takeBody(std::string_view bytes);
    bool keep(Result<> result);

    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onSend(char* data, std::size_t size, std::size_t count, void* self);
    static int onSeek(void* self, curl_off_t offset, int origin);
    static int onConnected(void* self, char* address, char* ownAddress, int port, int ownPort);

    Session& m_session;
    const HttpRequest& m_request;
    const HttpLimits& m_limits;
    HttpSink& m_sink;
    curl_slist* m_headerList = nullptr;
    std::string m_proxy;  ///< empty: none; may hold a password
    HttpResponse m_response;
    std::optional<HttpFailure> m_failure;  ///< found in a callback
    std::size_t m_headerBytes = 0;
    bool m_headDelivered = false;
    bool m_connected = false;
    Clock::time_point m_started = Clock::now();
    Clock::duration m_inSink{};
    milliseconds m_sentAt{};
    std::uint64_t m_sentBytes = 0;  ///< of an upload
    bool m_answered = false;
    milliseconds m_windowStart{};
    std::uint64_t m_windowBytes = 0;
};

HttpFailure Exchange::failure(HttpFault fault, const std::string& what) const {
    const auto kind = fault == HttpFault::Cancelled   ? ErrorKind::Cancelled
                      : fault == HttpFault::BadAnswer ? ErrorKind::Corrupt
                      : fault == HttpFault::Untrusted ? ErrorKind::PermissionDenied
                                                      : ErrorKind::Unavailable;
    return {fault, Error(kind, "connect to '" + m_request.url.authority() + "': " + what)};
}

/// TLS 1.2 is the lowest version: older ones are broken (RFC 8996). The user's CAs come beside the system's
/// where those are a folder; a single file of the system's is replaced by them (CURLOPT_CAINFO_BLOB(3)). They
/// count for one registry only, so public servers that it redirects to are not cut off.
void Exchange::configureTls() {
    const TlsSettings& tls = m_request.tls;
    set(CURLOPT_SSL_VERIFYPEER, tls.verify == VerifyTls::Yes ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, tls.verify == VerifyTls::Yes ? 2L : 0L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!hashedCertificates().empty()) {
        set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
        set(CURLOPT_CAPATH, hashedCertificates().c_str());
    }
    if (!tls.caPem.empty()) {
        curl_blob blob{const_cast<char*>(tls.caPem.data()),  // NOLINT(*-const-cast): copied, not written
                       tls.caPem.size(), CURL_BLOB_COPY};
        set(CURLOPT_CAINFO_BLOB, &blob);
    }
    if (!tls.clientCertificate.empty()) {
        set(CURLOPT_SSLCERT, tls.clientCertificate.c_str());
        set(CURLOPT_SSLKEY, tls.clientKey.c_str());
    }
}

void Exchange::configureHeaders() {
    const auto append = [this](const std::string& line) {
        m_headerList = m_session.curl.appendList(m_headerList, line.c_str());
    };
    for (const HttpHeader& header : m_request.headers) {
        append(header.name + ": " + header.value);
    }
    append("User-Agent: coracle/" CORACLE_VERSION);
    append("Expect:");  // libcurl's "100-continue" would cost a round trip
    if (m_request.method == HttpMethod::Post && m_request.body.empty()) {
        append("Content-Type:");  // libcurl's own would say that there is a form
    }
    if (!m_request.authorization.empty()) {
        append("Authorization: " + m_request.authorization.reveal());
    }
    set(CURLOPT_HTTPHEADER, m_headerList);
}

/// Only http and https, also after a mistake elsewhere, and no redirect by libcurl: it would take our
/// Authorization header along by rules that are not ours (http_follow.h). Loopback is never asked through
/// a proxy: the proxy's loopback is another machine's. HTTP/0.9 is off because any bytes at all would be a
/// valid answer in it.
void Exchange::configure() {
    m_session.curl.easyReset(m_session.easy);
    m_session.errorText.front() = '\0';
    set(CURLOPT_ERRORBUFFER, m_session.errorText.data());
    set(CURLOPT_URL, m_request.url.text().c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    // Digests are over the bytes on the wire: an encoding that the server adds is not undone.
    set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_limits.connect.count()));
    // A name is looked up by a thread of libcurl's. It cannot be stopped, and without this a cancel waits for
    // its end: 40 s were seen with a name server that does not answer.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_BUFFERSIZE, 256L * 1024L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    // Chosen here and not by libcurl, which reads other variables than docker's users set.
    m_proxy = proxyFor(m_request.url, [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value != nullptr ? value : "");
    });
    set(CURLOPT_PROXY, m_proxy.c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // the answer of a proxy is not the registry's
    configureMethod();
    configureTls();
    configureHeaders();
    set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_PREREQFUNCTION, &Exchange::onConnected);
    set(CURLOPT_PREREQDATA, this);
}

void Exchange::configureMethod() {
    switch (m_request.method) {
    case HttpMethod::Get:
        return;
    case HttpMethod::Head:
        set(CURLOPT_NOBODY, 1L);
        return;
    case HttpMethod::Post:
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.reveal().size()));
        set(CURLOPT_POSTFIELDS, m_request.body.reveal().c_str());
        return;
    case HttpMethod::Delete:
        set(CURLOPT_CUSTOMREQUEST, "DELETE");
        return;
    case HttpMethod::Patch:
        set(CURLOPT_CUSTOMREQUEST, "PATCH");
        break;
    case HttpMethod::Put:
        break;
    }
    const std::uint64_t size = m_request.upload != nullptr ? m_request.upload->size() : 0;
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
    set(CURLOPT_UPLOAD_BUFFERSIZE, 256L * 1024L);
    set(CURLOPT_READFUNCTION, &Exchange::onSend);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &Exchange::onSeek);
    set(CURLOPT_SEEKDATA, this);
}

std::size_t Exchange::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->takeHeader({data, size * count}) ? size * count : 0;
}

std::size_t Exchange::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->takeBody({data, size * count}) ? size * count : 0;
}

std::size_t Exchange::onSend(char* data, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.m_request.upload == nullptr) {
        return 0;
    }
    const auto before = Clock::now();
    auto got = exchange.m_request.upload->read({data, size * count});
    exchange.m_inSink += Clock::now() - before;
    if (!got) {
        exchange.m_failure = HttpFailure{HttpFault::SinkRefused, std::move(got).error()};
        return CURL_READFUNC_ABORT;
    }
    exchange.m_sentBytes += *got;
    exchange.m_windowBytes += *got;
    exchange.m_sentAt = exchange.elapsed();
    return *got;
}

/// A kept connection that turns out to be dead makes libcurl begin anew on another one. Not with a PATCH: the
/// registry may have kept a part, and the same bytes would come twice (BlobUpload asks first).
int Exchange::onSeek(void* self, curl_off_t offset, int origin) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (offset != 0 || origin != SEEK_SET || exchange.m_request.upload == nullptr ||
        exchange.m_request.method == HttpMethod::Patch) {
        return CURL_SEEKFUNC_FAIL;
    }
    exchange.m_sentBytes = 0;
    return exchange.keep(exchange.m_request.upload->rewind()) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

/// Called when a connection stands, new or used again, and before the request goes out
/// (CURLOPT_PREREQFUNCTION(3)); `address` is where it really leads. A name that an attacker controls may
/// resolve to 169.254.169.254 between a check and the use; here there is no between. With a proxy it is
/// the proxy's address: what the proxy may reach is its own to decide.
int Exchange::onConnected(void* self, char* address, char* /*ownAddress*/, int /*port*/, int /*ownPort*/) {
    auto& exchange = *static_cast<Exchange*>(self);
    exchange.m_connected = true;
    exchange.m_sentAt = exchange.elapsed();
    if (exchange.m_request.linkLocal == LinkLocal::Refuse && isLinkLocalHost(address)) {
        exchange.m_failure = exchange.failure(HttpFault::BadAnswer, "a link-local address is refused");
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

bool Exchange::keep(Result<> result) {
    if (result) {
        return true;
    }
    m_failure = HttpFailure{HttpFault::SinkRefused, std::move(result).error()};
    return false;
}

/// A line of the head with its line end, whole: libcurl promises that (CURLOPT_HEADERFUNCTION(3)). Each
/// interim answer begins with a status line of its own, which drops the headers before it. The limit
/// counts them all, so a server cannot send 1xx answers for ever.
bool Exchange::takeHeader(std::string_view line) {
    m_answered = true;
    m_windowBytes += line.size();
    m_headerBytes += line.size();
    if (m_headerBytes > m_limits.maxHeaderBytes) {
        m_failure = failure(HttpFault::BadAnswer, "the headers of the answer are longer than " +
                                                      std::to_string(m_limits.maxHeaderBytes) + " bytes");
        return false;
    }
    if (m_headDelivered) {
        return true;  // a trailer
    }
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
        line.remove_suffix(1);
    }
    if (line.starts_with("HTTP/")) {
        m_response.headers.clear();
        return true;
    }
    if (line.empty()) {
        long status = 0;
        (void)m_session.curl.getInfo(m_session.easy, CURLINFO_RESPONSE_CODE, &status);  // NOLINT(*-vararg)
        m_response.status = static_cast<int>(status);
        return status < 200 || deliverHead();
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
        return true;
    }
    HttpHeader header{std::string(line.substr(0, colon)), {}};
    for (char& c : header.name) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const auto first = line.find_first_not_of(" \t", colon + 1);
    const auto last = line.find_last_not_of(" \t");
    if (first != std::string_view::npos) {
        header.value = line.substr(first, last - first + 1);
    }
    m_response.headers.push_back(std::move(header));
    return true;
}

bool Exchange::deliverHead() {
    m_headDelivered = true;
    // Two statements of the length are how one server is made to read another's answer (security.md B9).
    if (m_response.find("content-length") && m_response.find("transfer-encoding")) {
        m_failure = failure(HttpFault::BadAnswer, "the answer states its length in two ways");
        return false;
    }
    const auto before = Clock::now();
    const bool kept = keep(m_sink.begin(m_response));
    m_inSink += Clock::now() - before;
    return kept;
}

bool Exchange::takeBody(std::string_view bytes) {
    m_windowBytes += bytes.size();
    const auto before = Clock::now();
    const bool kept = keep(m_sink.write(bytes));
    m_inSink += Clock::now() - before;
    return kept;
}

/// Three limits for three phases, all without the sink's time: libcurl's for the connection, then
/// `firstByte` for a server that thinks, then a rate over windows. A plain time limit for the whole would
/// cut off a large layer on a slow line; a limit on silence alone would let a server send a byte a second
/// for days.
std::optional<HttpFailure> Exchange::overdue() {
    const milliseconds now = elapsed();
    if (!m_connected) {
        m_windowStart = now;
        return std::nullopt;  // libcurl's connect limit
    }
    if (!m_answered && !isSending()) {
        m_windowStart = now;
        const milliseconds limit = m_sentBytes > 0 ? m_limits.afterUpload : m_limits.firstByte;
        if (now - m_sentAt > limit) {
            return failure(HttpFault::Stalled,
                           "no answer after " + std::to_string(limit.count() / 1000) + " s");
        }
        return std::nullopt;
    }
    if (now - m_windowStart < m_limits.slowWindow) {
        return std::nullopt;
    }
    const auto window = static_cast<std::uint64_t>((now - m_windowStart).count());
    if (m_windowBytes * 1000 < m_limits.slowBytesPerSecond * window) {
        return failure(HttpFault::Stalled, "only " + std::to_string(m_windowBytes) + " bytes in " +
                                               std::to_string(window / 1000) + " s");
    }
    m_windowStart = now;
    m_windowBytes = 0;
    return std::nullopt;
}

/// The kind of fault decides what happens next (retry.h, registry_client.cpp), so it must not be guessed
/// from texts. libcurl's text is shown to a person but may hold the server's words: it is escaped and cut.
HttpFailure Exchange::failureOf(CURLcode code) {
    const std::string detail = text::excerptForTerminal(
        m_session.errorText.front() != '\0' ? m_session.errorText.data() : m_session.curl.describe(code),
        200);
    long proxyStatus = 0;
    (void)m_session.curl.getInfo(m_session.easy, CURLINFO_HTTP_CONNECTCODE,
                                 &proxyStatus);  // NOLINT(*-vararg)
    if (!m_proxy.empty() && !m_connected && proxyStatus >= 400) {
        return failure(HttpFault::ProxyRefused, "the proxy '" + proxyName(m_proxy) +
                                                    "' refuses with status " + std::to_string(proxyStatus));
    }
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return failure(HttpFault::NameUnknown, "the name cannot be resolved");
    case CURLE_COULDNT_RESOLVE_PROXY:
        return failure(HttpFault::ProxyRefused,
                       "the name of the proxy '" + proxyName(m_proxy) + "' cannot be resolved");
    case CURLE_COULDNT_CONNECT: {
        if (!m_proxy.empty()) {
            return failure(HttpFault::ProxyRefused,
                           "nobody answers at the proxy '" + proxyName(m_proxy) + "'");
        }
        long number = 0;
        (void)m_session.curl.getInfo(m_session.easy, CURLINFO_OS_ERRNO, &number);  // NOLINT(*-vararg)
        const std::string what = "connect to '" + m_request.url.authority() + "'";
        return number == 0 ? failure(HttpFault::Refused, detail)
                           : HttpFailure{HttpFault::Refused,
                                         Error(ErrorKind::Unavailable,
                                               Error::fromErrno(what, static_cast<int>(number)).message(),
                                               static_cast<int>(number))};
    }
    case CURLE_OPERATION_TIMEDOUT:
        return failure(HttpFault::ConnectTimeout,
                       "no connection after " + std::to_string(m_limits.connect.count() / 1000) + " s");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return failure(HttpFault::Untrusted, detail);
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CONNECT_ERROR:
        return failure(HttpFault::NotTls, detail);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return failure(HttpFault::BadAnswer, detail);
    default:
        return failure(HttpFault::Broken, "the connection broke: " + detail);
    }
}

HttpOutcome Exchange::finish(CURLcode code) {
    if (m_failure) {
        return *std::move(m_failure);
    }
    // A server that refuses an upload answers before it has everything and may hang up at once.
    const bool refusedEarly = m_request.upload != nullptr && m_headDelivered && m_response.status >= 400;
    if (code != CURLE_OK && !refusedEarly) {
        return failureOf(code);
    }
    if (!m_headDelivered) {
        return failure(HttpFault::Broken, "the connection broke before the answer was complete");
    }
    return std::move(m_response);
}

/// The loop of one transfer. The wakeup ends the poll at once when a stop is requested; the 250 ms are for
/// the limits above, which need a clock and no file descriptor. What is complete is taken before the stop
/// is looked at, so an answer that is there is not thrown away.
HttpOutcome Exchange::run(const std::stop_token& stop) {
    if (m_request.upload != nullptr) {
        if (auto ready = m_request.upload->rewind(); !ready) {
            return HttpFailure{HttpFault::SinkRefused, std::move(ready).error()};
        }
    }
    configure();
    const CurlLibrary& curl = m_session.curl;
    const std::stop_callback wake(stop, [this] { (void)m_session.curl.wakeup(m_session.multi); });
    (void)curl.addHandle(m_session.multi, m_session.easy);
    std::optional<HttpOutcome> outcome;
    while (!outcome) {
        int running = 0;
        int queued = 0;
        const CURLMcode state = curl.perform(m_session.multi, &running);
        if (const CURLMsg* message = curl.readInfo(m_session.multi, &queued)) {
            outcome = finish(message->data.result);  // NOLINT(*-union-access): libcurl's interface
        } else if (stop.stop_requested()) {
            outcome = HttpFailure{HttpFault::Cancelled, Error(ErrorKind::Cancelled, "cancelled")};
        } else if (state != CURLM_OK || running == 0) {
            outcome = failure(HttpFault::Broken, "the HTTP library gave up");
        } else if (auto late = overdue()) {
            outcome = *std::move(late);
        } else {
            (void)curl.poll(m_session.multi, nullptr, 0, 250, nullptr);
        }
    }
    // An exchange that is not complete loses its connection here, so nothing of it can leak into the next.
    (void)curl.removeHandle(m_session.multi, m_session.easy);
    return *std::move(outcome);
}

class CurlHttp final : public Http {
public:
    explicit CurlHttp(const HttpLimits& limits) : m_limits(limits) {}

    HttpOutcome perform(const HttpRequest& request, HttpSink& sink, std::stop_token stop) override {
        const CurlLibrary* const curl = loadCurl();
        if (curl == nullptr) {
            return HttpFailure{HttpFault::NoClient,
                               Error(ErrorKind::Unavailable, "load the HTTP library 'libcurl.so.4'")
                                   .withHint("install package libcurl4")};
        }
        if (request.linkLocal == LinkLocal::Refuse && isLinkLocalHost(request.url.host)) {
            return HttpFailure{HttpFault::BadAnswer,
                               Error(ErrorKind::Corrupt, "connect to '" + request.url.authority() +
                                                             "': a link-local address is refused")};
        }
        // An error inside leaves a session that is as good as a new one: the broken connection is closed
        // with its transfer.
        auto session = take(*curl);
        HttpOutcome outcome = Exchange(*session, request, m_limits, sink).run(stop);
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(session));
        return outcome;
    }

private:
    std::unique_ptr<Session> take(const CurlLibrary& curl) {
        const std::lock_guard lock(m_mutex);
        if (m_idle.empty()) {
            return std::make_unique<Session>(curl);
        }
        auto session = std::move(m_idle.back());
        m_idle.pop_back();
        return session;
    }

    const HttpLimits m_limits;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Session>> m_idle;
};

}  // namespace

std::unique_ptr<Http> makeCurlHttp() {
    return makeCurlHttp(HttpLimits());
}

std::unique_ptr<Http> makeCurlHttp(const HttpLimits& limits) {
    return std::make_unique<CurlHttp>(limits);
}

}  // namespace coracle::registry
