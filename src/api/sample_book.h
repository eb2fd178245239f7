// The sample book: made-up companies and what befalls them, drawn from data/sample/book.toml.
//
// Every draw comes from (seed, company, year, purpose), so that the same seed makes the same book
// and another company more changes none of the draws of the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::api {

struct SampleBook {
  struct Place {
    std::string region;  // GB/T 2260
    std::string name;
    bool scheme = false;  // the products of the Ningbo scheme can be had there
  };
  struct Trade {
    std::string sector;  // GB/T 4754
    std::string name;
    std::int64_t revenue = 0;            // CNY a head
    std::int64_t margin = 0;             // per cent
    std::int64_t endpoints = 0;          // of a hundred people
    std::int64_t records = 0;            // a head
    std::vector<std::string> products;   // in a place of the scheme
    std::vector<std::string> elsewhere;  // in any other
  };
  struct Range {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };
  struct Item {
    std::string head;
    std::string note;
    Range amount;  // CNY
  };
  struct Peril {
    std::string code;
    std::string summary;
    std::int64_t per_mille = 0;  // of a policy year
    Range hours;                 // of interruption
    bool ransom = false;
    std::vector<Item> items;
  };
  // Per cent.
  struct Chance {
    std::int64_t growth = 0;
    std::int64_t assessed = 0;
    std::int64_t accepted = 0;
    std::int64_t takes = 0;
    std::int64_t orders = 0;
    std::int64_t proves = 0;
    std::int64_t pays = 0;
    std::int64_t changes = 0;
    std::int64_t leaves = 0;
    std::int64_t renews = 0;
  };
  template <class T>
  struct Weighted {
    std::int64_t weight = 0;
    T value;
  };

  std::string house;
  Date first_day;
  std::int64_t max_firms = 0;
  Chance chance;
  std::vector<Weighted<Place>> places;
  std::vector<std::string> first_names;
  std::vector<std::string> second_names;
  std::string mark;
  std::vector<Weighted<Trade>> trades;
  std::vector<Weighted<Range>> sizes;
  std::vector<Peril> perils;
};

// Refuses what NodeReader refuses; `file` is named in it.
Result<SampleBook> read_sample_book(const Node& tree, const std::string& file);

// What a stream of draws is for.
enum class SampleDraw : std::uint32_t { kFirm = 1, kSale = 2, kYear = 3, kLoss = 4, kOrder = 5 };

// Draws of one purpose, one after the other.
class SampleDraws {
 public:
  SampleDraws(std::uint64_t seed, std::uint64_t firm, std::uint32_t year, SampleDraw purpose);
  double unit();                                           // uniform on (0, 1)
  bool of_hundred(std::int64_t chance);                    // true with that chance
  std::int64_t whole(std::int64_t from, std::int64_t to);  // both included
  template <class T>
  const T& one_of(const std::vector<SampleBook::Weighted<T>>& all) {
    std::int64_t sum = 0;
    for (const auto& each : all) sum += each.weight;
    std::int64_t left = whole(1, sum);
    for (const auto& each : all) {
      if ((left -= each.weight) <= 0) return each.value;
    }
    return all.back().value;
  }

 private:
  RandomStream stream_;
  std::uint64_t next_ = 0;
};

struct SampleFirm {
  std::string name;
  std::string product;
  Date came;
  std::int64_t employees = 0;
  std::int64_t endpoints = 0;
  std::int64_t revenue = 0;            // CNY a year
  std::string facts;                   // the file that registers it
  std::optional<std::string> answers;  // the file of its assessment
};

// Company `number` (from 0) of those that come over `years`.
SampleFirm sample_firm(const SampleBook& book, std::uint64_t seed, std::uint64_t number,
                       std::int64_t years);

struct SampleIncident {
  Instant occurred;
  Instant reported;
  Instant stated;
  bool ransom = false;
  std::string file;  // the report, and the statement of loss
};

struct SampleCover {
  std::uint64_t seed = 0;
  std::uint64_t number = 0;  // of the company
  std::uint32_t year = 0;    // of its cover, from 0
  Date from;                 // the first day of that year
};

// By time.
std::vector<SampleIncident> sample_incidents(const SampleBook& book, const SampleFirm& firm,
                                             const SampleCover& cover);

// A week of signals of the endpoint product up to `until`, from as many machines as the company
// has.
std::string sample_signals(const SampleFirm& firm, Date until);

}  // namespace anlan::api
