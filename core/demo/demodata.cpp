// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demodata.h"

#include "core/demo/demoblobs.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace keyglass {

namespace {

using namespace std::string_literals;

constexpr std::array<std::string_view, 16> firstNames{"Ada", "Grace", "Linus", "Margaret", "Alan", "Barbara", "Edsger",
    "Frances", "Ken", "Radia", "Dennis", "Hedy", "Tim", "Sofia", "Niklaus", "Yukihiro"};
constexpr std::array<std::string_view, 12> lastNames{
    "Berg", "Okafor", "Novak", "Silva", "Tanaka", "Meyer", "Rossi", "Dubois", "Kim", "Larsen", "Haddad", "Ivanova"};
constexpr std::array<std::string_view, 10> countries{"DE", "FR", "US", "JP", "BR", "NG", "IT", "KR", "NO", "PL"};
constexpr std::array<std::string_view, 8> categories{"electronics:phones", "electronics:audio", "books:science",
    "books:fiction", "home:kitchen", "home:garden", "sport:running", "sport:climbing"};
constexpr std::array<std::string_view, 8> products{
    "Lantern", "Kettle", "Headphones", "Rope", "Atlas", "Lamp", "Trail shoes", "Phone"};

/// Makes the keys; every part has a function of its own.
class Shop {
public:
    explicit Shop(const std::function<void(Command&&)>& take)
        : m_take(take)
    {
    }

    void fill()
    {
        users(8000);
        sessions(12'000);
        catalogue(5000);
        pages(8000);
        orders(7000);
        counters(2500);
        singles();
        foreignNames();
        bigHash(100'000);
        manyMembers(20'000);
        suppliers(120); // last: what stands before it stays as it is
    }

    void fillCache(int entries)
    {
        for (int i = 0; i < entries; ++i) {
            m_take(Command{"SET", "fragment:" + number(i) + ":html", page(i), "EX", number(within(600, 86'400))});
        }
    }

private:
    static std::string number(std::int64_t value) { return std::to_string(value); }
    std::int64_t within(std::int64_t from, std::int64_t to)
    {
        return from + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(to - from + 1));
    }
    template <std::size_t N> std::string one(const std::array<std::string_view, N>& of)
    {
        return std::string(of[m_random() % N]);
    }
    std::string hex(int digits)
    {
        static constexpr std::string_view all = "0123456789abcdef";
        std::string text;
        for (int i = 0; i < digits; ++i) {
            text += all[m_random() % 16];
        }
        return text;
    }
    std::string day()
    {
        const std::int64_t date = within(1, 28);
        return "2026-" + std::string(m_random() % 2 == 0 ? "10" : "11") + (date < 10 ? "-0" : "-") + number(date);
    }
    static std::string page(int n)
    {
        return "<!doctype html><title>Page " + number(n) + "</title><main><h1>Item " + number(n)
            + "</h1><p>In stock, delivered tomorrow.</p></main>";
    }

    void users(int count)
    {
        for (int id = 1; id <= count; ++id) {
            const std::string name = one(firstNames) + ' ' + one(lastNames);
            const std::string user = "user:" + number(id);
            m_take(Command{"HSET", user + ":profile", "name", name, "email", "user" + number(id) + "@example.org",
                "country", one(countries), "since", day(), "prefs",
                R"({"theme": ")"s + (id % 3 == 0 ? "dark" : "light") + R"(", "newsletter": )"
                    + (id % 2 == 0 ? "true" : "false") + R"(, "customer_number": )" + number(9'007'199'254'740'993 + id)
                    + "}"});
            if (id % 4 == 0) {
                m_take(Command{"RPUSH", user + ":cart", cartItem(), cartItem()});
                m_take(Command{"EXPIRE", user + ":cart", number(within(3600, 604'800))});
            }
            if (id % 5 == 0) {
                m_take(Command{"SADD", user + ":wishlist", "sku-" + number(within(1, 5000)),
                    "sku-" + number(within(1, 5000)), "sku-" + number(within(1, 5000))});
            }
        }
    }
    std::string cartItem()
    {
        return R"({"sku": "sku-)" + number(within(1, 5000)) + R"(", "quantity": )" + number(within(1, 4))
            + R"(, "price": )" + number(within(3, 400)) + ".90}";
    }
    void sessions(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_take(Command{"SET", "session:" + hex(32),
                R"({"user": )" + number(within(1, 8000)) + R"(, "agent": "Mozilla/5.0", "csrf": ")" + hex(16) + "\"}",
                "EX", number(within(60, 1'209'600))});
        }
    }
    void catalogue(int count)
    {
        for (int id = 1; id <= count; ++id) {
            const std::string sku = "product:sku-" + number(id);
            const std::string category = one(categories);
            m_take(Command{"SET", sku + ":detail",
                R"({"id": )" + number(id) + R"(, "name": ")" + one(products) + ' ' + number(id) + R"(", "price": )"
                    + number(within(3, 400)) + R"(.90, "tags": ["new", ")" + category + R"("], "dimensions": {"w": )"
                    + number(within(1, 90)) + R"(, "h": )" + number(within(1, 90)) + "}}"});
            m_take(Command{"SET", sku + ":stock", number(within(0, 500))});
            m_take(Command{"SADD", "category:" + category + ":products", "sku-" + number(id)});
            m_take(Command{"ZADD", "ranking:sales:2026-W46", number(within(1, 100'000)), "sku-" + number(id)});
        }
    }
    void pages(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_take(Command{"SET", "cache:page:/products/" + number(i / 40) + "/items/" + number(i), page(i), "EX",
                number(within(30, 7200))});
        }
    }
    void orders(int count)
    {
        for (int i = 1; i <= count; ++i) {
            const std::string date = day();
            m_take(Command{"HSET", "order:" + date.substr(0, 4) + ':' + date.substr(5, 2) + ':' + number(100'000 + i),
                "user", number(within(1, 8000)), "total", number(within(5, 900)) + ".45", "state",
                i % 7 == 0 ? "returned" : "delivered", "placed", date});
            if (i % 20 == 0) {
                m_take(Command{"XADD", "events:orders", "*", "order", number(100'000 + i), "state", "placed", "total",
                    number(within(5, 900)) + ".45"});
            }
        }
        m_take(Command{"XGROUP", "CREATE", "events:orders", "mailer", "0"});
        m_take(Command{"XGROUP", "CREATE", "events:orders", "warehouse", "$"});
        m_take(Command{"XREADGROUP", "GROUP", "mailer", "mailer-1", "COUNT", "40", "STREAMS", "events:orders", ">"});
    }
    void counters(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_take(Command{"SET", "rate:ip:10." + number(i / 250) + '.' + number(i % 250) + ".7", number(within(1, 90)),
                "EX", number(within(20, 3600))});
        }
        for (int i = 0; i < 300; ++i) {
            m_take(Command{"PFADD", "stats:visitors:" + day(), hex(12), hex(12), hex(12)});
            m_take(Command{"SETBIT", "feature:dark-mode:users", number(within(0, 100'000)), "1"});
            m_take(Command{
                "LPUSH", "queue:emails", R"({"to": "user)" + number(i) + R"(@example.org", "template": "order"})"});
        }
    }
    void singles()
    {
        m_take(Command{"SET", "config:shop",
            R"({"currency": "EUR", "vat": 0.19, "countries": ["DE", "FR", "IT"], "maintenance": null})"});
        m_take(Command{
            "SET", "config:feature-flags", R"({"checkout-v2": true, "search": {"engine": "vector", "beta": false}})"});
        m_take(Command{"SET", "lock:import", hex(20), "PX", "900000"});
        m_take(Command{"GEOADD", "shops:locations", "13.405", "52.52", "Berlin", "2.3522", "48.8566", "Paris",
            "139.6917", "35.6895", "Tokyo", "3.3792", "6.5244", "Lagos"});
        m_take(Command{
            "ZADD", "ranking:ratings", "4.7", "sku-1", "3.9000000000000004", "sku-2", "-inf", "sku-3", "inf", "sku-4"});
        m_take(Command{
            "SET", "newsletter:template", "Dear {{name}},\n\nyour order {{order}} is on its way.\n\nThe shop\n"});
        m_take(Command{"SET", "cache:compressed:front-page", zlibOf(repeated(page(1), 40))});
        m_take(Command{"SET", "cache:compressed:sitemap.xml.gz", gzipOf(sitemap())});
        // {"id": 7, "name": "Kettle", "ok": true} as MessagePack
        m_take(Command{"SET", "cache:msgpack:product", "\x83\xa2id\x07\xa4name\xa6Kettle\xa2ok\xc3"});
        for (int id = 42; id < 50; ++id) {
            m_take(Command{"HSET", "user:" + number(id) + ":profile", "avatar", pngOf(48, 30 * (id - 42))});
        }
        m_take(Command{"SET", "report:2026-10:sales.csv", csvReport(), "EX", "2592000"});
    }
    static std::string repeated(const std::string& text, int times)
    {
        std::string all;
        for (int i = 0; i < times; ++i) {
            all += text;
        }
        return all;
    }
    static std::string sitemap()
    {
        std::string text = "<?xml version=\"1.0\"?>\n<urlset>\n";
        for (int i = 0; i < 500; ++i) {
            text += "  <url><loc>https://shop.example/products/" + number(i) + "</loc></url>\n";
        }
        return text + "</urlset>\n";
    }
    std::string csvReport()
    {
        std::string text = "date,sku,pieces,total\n";
        for (int i = 0; i < 3000; ++i) {
            text += day() + ",sku-" + number(within(1, 5000)) + ',' + number(within(1, 40)) + ','
                + number(within(10, 900)) + ".00\n";
        }
        return text;
    }
    void foreignNames()
    {
        const std::array<std::string, 10> names{"binary:"s + '\0' + '\x01' + "\xff\xfe"s, "binary:\x80\x81\x82"s,
            "odd:line\nbreak"s, "odd:tab\there"s, "odd: spaces at the ends "s, "odd:zero\xE2\x80\x8Bwidth"s,
            "emoji:\xF0\x9F\x9B\x92:cart"s, "\xD7\x9E\xD7\x95\xD7\xA6\xD7\xA8:1"s, "\xE5\x95\x86\xE5\x93\x81:1"s,
            "\xD1\x82\xD0\xBE\xD0\xB2\xD0\xB0\xD1\x80:1"s};
        for (const std::string& name : names) {
            m_take(Command{"SET", name, "a name that not every tool shows"});
        }
        for (int i = 0; i < 60; ++i) { // ids that a program wrote as the 16 bytes they are
            std::string id(16, '\0');
            for (char& byte : id) {
                byte = static_cast<char>(m_random());
            }
            m_take(Command{"SET", "device:" + id, number(within(1, 8000))});
        }
        for (const char* name : {"", "user:", ":leading", "user::double",
                 ("\xD0\xB0"
                  "dmin"),
                 "admin"}) { // the first admin is Cyrillic
            m_take(Command{"SET", name, "an unusual name"});
        }
        m_take(Command{"SET", "long:" + hex(300), "a name of 305 bytes"});
        m_take(Command{"SET", "folder[1]:*:key", "brackets and stars are only characters"});
    }
    void bigHash(int fields)
    {
        Command command;
        for (int i = 0; i < fields; ++i) {
            if (command.isEmpty()) {
                command = Command{"HSET", "warehouse:berlin:stock"};
            }
            command.add("sku-" + number(i)).add(number(within(0, 900)));
            if (command.arguments().size() > 1000 || i + 1 == fields) {
                m_take(std::exchange(command, Command()));
            }
        }
    }

    /// A table as RedisTABLE keeps it, which is read by its keys where the module is not there. One row has no country,
    /// and one an empty note.
    void suppliers(int count)
    {
        const std::string table = "{shop.suppliers}:";
        m_take(Command{"SET", "schema:{shop}", "1"});
        m_take(Command{"HSET", "schema:{shop.suppliers}", "name", "string", "country", "string", "rating", "integer",
            "discount", "float", "since", "date", "note", "string"});
        m_take(Command{"SADD", table + "idx:meta", "country"});
        m_take(Command{"SET", table + "id", number(count)});
        for (int id = 1; id <= count; ++id) {
            Command row{"HSET", table + number(id), "name", one(lastNames) + " & Co", "rating", number(within(1, 5)),
                "discount", number(within(0, 12)) + ".5", "since", day()};
            if (id != 7) {
                const std::string country = one(countries);
                row.add("country").add(country);
                m_take(Command{"SADD", table + "idx:country:" + country, number(id)});
            }
            if (id % 9 == 3) {
                row.add("note").add(id == 3 ? "" : "delivers on Mondays");
            }
            m_take(std::move(row));
            m_take(Command{"SADD", table + "rows", number(id)});
        }
    }

    /// A ranking and a log that need paging.
    void manyMembers(int count)
    {
        Command ranking{"ZADD", "ranking:customers:turnover"};
        Command log{"RPUSH", "log:imports"};
        for (int i = 1; i <= count; ++i) {
            ranking.add(number(within(5, 90'000)) + ".25").add("user:" + number(i));
            log.add("line " + number(i) + ": " + (m_random() % 40 == 0 ? "price missing" : "imported") + ", sku-"
                + number(within(1, 5000)));
        }
        m_take(std::move(ranking));
        m_take(std::move(log));
    }

    const std::function<void(Command&&)>& m_take;
    std::mt19937_64 m_random{20'261'121};
};

} // namespace

void makeDemoData(int database, const std::function<void(Command&&)>& take)
{
    Shop shop(take);
    if (database == 0) {
        shop.fill();
    } else {
        shop.fillCache(1200);
    }
}

} // namespace keyglass
