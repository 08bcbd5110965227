#include "server/ingest/device_cache.h"

#include "server/ingest/context_loader.h"
#include "server/ingest/context_memory.h"
#include "shared/base/log.h"
#include "shared/base/mailbox.h"

#include <pthread.h>
#include <sodium.h>

#include <array>
#include <thread>

namespace cohort::ingest {

namespace {

constexpr std::size_t LookupsAtOnce = 500;

enum class Way { Token, Key, Id, Poll };

// One question to the lookup thread; `secret` is the token's hash or the tokenless device's key.
struct Lookup
{
    Way way = Way::Poll;
    std::string secret;
    std::string id; // by token: the id the device gave, or empty
    DeviceId device;
    DeviceCache::Found found;
};

std::string hashOf(const std::string& token)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

tl::unexpected<Error> unavailable()
{
    return fail(ErrorCode::Unavailable, QStringLiteral("the device cannot be looked up now"), 2'000);
}

Result<DeviceContextPtr> checkedId(DeviceContextPtr context, const std::string& id)
{
    if (id.empty() || id == context->key || context->children.contains(id))
        return context;
    return fail(ErrorCode::NoSuchDevice, QStringLiteral("the token is not this device's"));
}

} // namespace

struct DeviceCache::Private
{
    Private(DeviceCacheOptions o, metrics::Registry& registry, const Clock& c)
        : options(std::move(o)), clock(c), lookups(options.waiting), memory(options.contexts), loader(options.database),
          misses(registry.counter<metrics::Metric::IngestLookups>())
    {
    }

    void ask(Lookup lookup);
    void run();
    void answerAll(std::deque<Lookup> waiting);
    void answerSome(std::vector<Lookup>& some);
    Result<std::unordered_map<std::string, store::TokenRow>> readTokens(const std::vector<Lookup>& some);
    Result<std::unordered_map<std::string, DeviceId>> readKeys(const std::vector<Lookup>& some);
    void complete(Lookup& lookup, Result<DeviceContextPtr> result);
    bool knownUnknown(const std::string& name);
    Result<void> poll();
    Result<std::vector<DeviceId>> concerned(const std::vector<store::DeviceChangeRow>& changes);
    Result<void> refresh(const std::vector<DeviceId>& devices);
    void notifyInvalidated(const std::vector<DeviceId>& devices) const;

    const DeviceCacheOptions options;
    const Clock& clock;
    Mailbox<Lookup> lookups;
    mutable std::mutex mutex; // memory, unknown
    ContextMemory memory;
    std::unordered_map<std::string, SteadyTime> unknown; // until when
    ContextLoader loader;                                // lookup thread
    metrics::Counter& misses;
    std::function<void(DeviceId)> onInvalid;
    std::unique_ptr<bus::Bus::Subscription> subscription;
    std::thread thread;
    std::atomic<bool> stopping{false};
};

bool DeviceCache::Private::knownUnknown(const std::string& name)
{
    const auto found = unknown.find(name);
    return found != unknown.end() && clock.steady() < found->second;
}

void DeviceCache::Private::ask(Lookup lookup)
{
    misses.add();
    const Found found = lookup.found;
    if (lookups.put(std::move(lookup)))
        return;
    if (stopping)
        found(unavailable());
    else
        found(fail(ErrorCode::Busy, QStringLiteral("too many devices are being looked up"), 2'000));
}

void DeviceCache::Private::run()
{
    pthread_setname_np(pthread_self(), "lookup");
    auto nextPoll = clock.steady();
    while (!stopping) {
        const auto left = std::chrono::ceil<Milliseconds>(nextPoll - clock.steady());
        auto waiting = lookups.drainAll(std::clamp(left, Milliseconds(0), options.pollEvery));
        if (stopping) {
            for (Lookup& lookup : waiting)
                complete(lookup, unavailable());
            break;
        }
        const bool hinted = std::erase_if(waiting, [](const Lookup& lookup) { return lookup.way == Way::Poll; }) > 0;
        if (const auto connected = loader.connect(); !connected) {
            for (Lookup& lookup : waiting)
                complete(lookup, unavailable());
            std::this_thread::sleep_for(Milliseconds(100)); // the database is away
            continue;
        }
        answerAll(std::move(waiting));
        if (!hinted && clock.steady() < nextPoll)
            continue;
        if (const auto polled = poll(); !polled)
            log(LogLevel::Warning, "device-poll-failed", {{"error", polled.error().message()}});
        nextPoll = clock.steady() + options.pollEvery;
    }
    for (Lookup& lookup : lookups.drainAll())
        complete(lookup, unavailable());
}

void DeviceCache::Private::complete(Lookup& lookup, Result<DeviceContextPtr> result)
{
    if (lookup.found)
        lookup.found(std::move(result));
}

void DeviceCache::Private::answerAll(std::deque<Lookup> waiting)
{
    while (!waiting.empty()) {
        std::vector<Lookup> some;
        while (!waiting.empty() && some.size() < LookupsAtOnce) {
            some.push_back(std::move(waiting.front()));
            waiting.pop_front();
        }
        answerSome(some);
    }
}

Result<std::unordered_map<std::string, store::TokenRow>>
DeviceCache::Private::readTokens(const std::vector<Lookup>& some)
{
    std::vector<std::string> hashes;
    for (const Lookup& lookup : some) {
        if (lookup.way == Way::Token)
            hashes.push_back(lookup.secret);
    }
    std::unordered_map<std::string, store::TokenRow> tokens;
    if (hashes.empty())
        return tokens;
    COHORT_TRY(rows, loader.repository().byTokens(hashes));
    for (store::TokenRow& row : rows)
        tokens.emplace(row.hash, row);
    return tokens;
}

Result<std::unordered_map<std::string, DeviceId>> DeviceCache::Private::readKeys(const std::vector<Lookup>& some)
{
    std::vector<std::string> keys;
    for (const Lookup& lookup : some) {
        if (lookup.way == Way::Key)
            keys.push_back(lookup.secret);
    }
    std::unordered_map<std::string, DeviceId> devices;
    if (keys.empty())
        return devices;
    COHORT_TRY(rows, loader.repository().byKeys(keys));
    for (store::TokenlessRow& row : rows)
        devices.emplace(std::move(row.key), row.device);
    return devices;
}

void DeviceCache::Private::answerSome(std::vector<Lookup>& some)
{
    const auto tokens = readTokens(some);
    const auto keys = readKeys(some);
    std::vector<DeviceId> ids;
    for (Lookup& lookup : some) {
        if (tokens && lookup.way == Way::Token && tokens->contains(lookup.secret))
            lookup.device = tokens->at(lookup.secret).device;
        if (keys && lookup.way == Way::Key && keys->contains(lookup.secret))
            lookup.device = keys->at(lookup.secret);
        if (lookup.device)
            ids.push_back(lookup.device);
    }
    auto contexts = tokens && keys ? loader.load(ids) : Result<LoadedContexts>(unavailable());
    for (Lookup& lookup : some) {
        if (!contexts) {
            complete(lookup, unavailable());
            continue;
        }
        std::unique_lock lock(mutex);
        const auto loaded = contexts->find(lookup.device);
        if (!lookup.device && unknown.size() < options.unknown)
            unknown[lookup.secret] = clock.steady() + options.unknownFor;
        if (loaded == contexts->end()) {
            lock.unlock();
            complete(lookup, fail(lookup.device ? ErrorCode::NoSuchDevice : ErrorCode::NotSignedIn));
            continue;
        }
        const DeviceContextPtr context = memory.put(loaded->second);
        if (lookup.way == Way::Token)
            memory.addToken(lookup.secret, context->id, tokens->at(lookup.secret).expires);
        if (lookup.way == Way::Key)
            memory.addKey(context->id);
        lock.unlock();
        complete(lookup, checkedId(context, lookup.id));
    }
}

Result<std::vector<DeviceId>> DeviceCache::Private::concerned(const std::vector<store::DeviceChangeRow>& changes)
{
    std::vector<DeviceId> changed;
    std::set<DeviceId> devices;
    {
        const std::lock_guard lock(mutex);
        for (const store::DeviceChangeRow& change : changes) {
            std::vector<DeviceId> several;
            if (change.kind == "deployment")
                several = memory.of(change.deployment);
            else if (change.kind == "location")
                several = memory.of(change.location);
            else {
                several = memory.gatewaysOf(change.device);
                several.push_back(change.device);
            }
            devices.insert(several.begin(), several.end());
            if (change.kind == "device")
                changed.push_back(change.device);
        }
    }
    if (!changed.empty()) {
        COHORT_TRY(gateways, loader.repository().gatewaysOf(changed));
        devices.insert(gateways.begin(), gateways.end());
    }
    const std::lock_guard lock(mutex);
    std::erase_if(devices, [this](DeviceId id) { return !memory.contains(id); });
    return std::vector<DeviceId>(devices.begin(), devices.end());
}

Result<void> DeviceCache::Private::poll()
{
    std::vector<DeviceId> expired;
    {
        const std::lock_guard lock(mutex);
        expired = memory.expire(clock.now());
        std::erase_if(unknown, [now = clock.steady()](const auto& entry) { return entry.second <= now; });
    }
    notifyInvalidated(expired);
    COHORT_TRY(changes, loader.changes());
    if (changes.empty())
        return {};
    {
        const std::lock_guard lock(mutex);
        unknown.clear(); // a device that was just registered need not wait
    }
    COHORT_TRY(devices, concerned(changes));
    for (std::size_t at = 0; at < devices.size(); at += LookupsAtOnce) {
        const auto begin = devices.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = devices.begin() + static_cast<std::ptrdiff_t>(std::min(at + LookupsAtOnce, devices.size()));
        COHORT_CHECK(refresh(std::vector<DeviceId>(begin, end)));
    }
    return {};
}

Result<void> DeviceCache::Private::refresh(const std::vector<DeviceId>& devices)
{
    COHORT_TRY(contexts, loader.load(devices));
    COHORT_TRY(tokens, loader.repository().goodTokens(devices));
    std::unordered_set<std::string> good;
    for (const store::TokenRow& token : tokens)
        good.insert(token.hash);
    std::vector<DeviceId> invalidated;
    {
        const std::lock_guard lock(mutex);
        for (const DeviceId id : devices) {
            const auto loaded = contexts.find(id);
            const bool lostToken = memory.keepTokens(id, good);
            const bool gone = loaded == contexts.end() || (memory.isTokenless(id) && !loaded->second->tokenless);
            if (gone)
                memory.remove(id);
            else
                memory.put(loaded->second);
            if (gone || lostToken)
                invalidated.push_back(id);
        }
    }
    notifyInvalidated(invalidated);
    return {};
}

void DeviceCache::Private::notifyInvalidated(const std::vector<DeviceId>& devices) const
{
    for (const DeviceId id : devices) {
        if (onInvalid)
            onInvalid(id);
    }
}

DeviceCache::DeviceCache(DeviceCacheOptions options, bus::Bus& bus, metrics::Registry& metrics, const Clock& clock)
    : d(std::make_unique<Private>(std::move(options), metrics, clock))
{
    d->subscription = bus.subscribe(bus::topics<bus::ConfigurationChanged>(), [this](const bus::Notice&) {
        // A hint only: when the box is full, the next poll is near anyway.
        (void)d->lookups.put(Lookup{});
    });
}

DeviceCache::~DeviceCache()
{
    stop();
}

Result<void> DeviceCache::start()
{
    if (sodium_init() < 0)
        return fail(ErrorCode::Internal, QStringLiteral("libsodium cannot be used"));
    d->thread = std::thread([this] { d->run(); });
    return {};
}

void DeviceCache::stop()
{
    d->subscription.reset();
    d->stopping = true;
    d->lookups.close();
    if (d->thread.joinable())
        d->thread.join();
}

void DeviceCache::findByToken(const std::string& token, const std::string& id, Found found)
{
    std::string hash = hashOf(token);
    std::unique_lock lock(d->mutex);
    const DeviceContextPtr context = d->memory.byToken(hash);
    const bool isUnknown = !context && d->knownUnknown(hash);
    lock.unlock();
    // An id that is not known here may be a device that was added a moment ago: the database is asked.
    if (context && checkedId(context, id))
        return found(context);
    if (isUnknown || token.empty())
        return found(fail(ErrorCode::NotSignedIn));
    d->ask({Way::Token, std::move(hash), id, {}, std::move(found)});
}

void DeviceCache::findTokenless(const std::string& id, Found found)
{
    std::unique_lock lock(d->mutex);
    const DeviceContextPtr context = d->memory.byKey(id);
    const bool isUnknown = !context && d->knownUnknown(id);
    lock.unlock();
    if (context)
        return found(context);
    if (isUnknown || id.empty() || id.size() > 200)
        return found(fail(ErrorCode::NotSignedIn));
    d->ask({Way::Key, id, {}, {}, std::move(found)});
}

DeviceContextPtr DeviceCache::current(DeviceId id) const
{
    const std::lock_guard lock(d->mutex);
    return d->memory.byId(id);
}

void DeviceCache::reload(DeviceId id, Found found)
{
    d->ask({Way::Id, {}, {}, id, std::move(found)});
}

void DeviceCache::onInvalidated(std::function<void(DeviceId)> onInvalid)
{
    d->onInvalid = std::move(onInvalid);
}

} // namespace cohort::ingest
