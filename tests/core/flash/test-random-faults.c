/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Much goes wrong at random, on the bus and in the chip: no run claims what is not so, none goes on for
 * ever, and nothing is lost that had to be kept. 500 runs; 10,000 with JMP_LONG_TESTS=1. */

#include "assert-text.h"
#include "base/error.h"
#include "campaign-kit.h"

#define RUNS      500
#define LONG_RUNS 10000
/* On the fake clock: every time-out is that of one request, 5 s, or of one erase. */
#define MOST_SECONDS   3600
#define MOST_TRANSFERS 20000

static const struct {
  const char *spec;
  const char *image;
} boards[] = {
  { "pyboard,speed=0", "0 0x08000000 3000 vector; 0 0x08004100 2100; 0 0x0800C080 2500" },
  { "f072,speed=0", "0 0x08000000 3000 vector; 0 0x08001100 300; 0 0x08002000 2500" },
  { "pyboard,speed=0", "0 0x08004800 3000" },
  { "l073,speed=0", "0 0x08000000 3000 vector; 0 0x08000C10 300; 0 0x08002000 500" },
};

/* Addresses in the image, and in what has to be kept, on each board. */
static const guint32 places[G_N_ELEMENTS (boards)][4] = {
  { 0x08000020, 0x08004105, 0x08004011, 0x0800C090 },
  { 0x08000020, 0x08001105, 0x08001005, 0x08002010 },
  { 0x08004805, 0x08005000, 0x08004010, 0x08007000 },
  { 0x08000020, 0x08000C15, 0x08000C01, 0x08002100 },
};

typedef struct {
  guint runs;
  guint successes;
  guint recovered; /* by a second run */
  guint stuck;
  guint protected;
  guint unplugged;
  double longest;
  guint64 most;
} Tally;

static Trouble
choose_trouble (guint32 seed, guint board)
{
  GRand *random = g_rand_new_with_seed (seed);
  Trouble trouble = { .seed = seed };

  /* about one run in three goes through whatever it is */
  trouble.probability[JMP_FAULT_STALL] = g_rand_double_range (random, 0, 0.02);
  trouble.probability[JMP_FAULT_TIMEOUT] = g_rand_double_range (random, 0, 0.01);
  trouble.probability[JMP_FAULT_SHORT_READ] = g_rand_double_range (random, 0, 0.02);
  trouble.probability[JMP_FAULT_CORRUPT] = g_rand_double_range (random, 0, 0.03);
  trouble.probability[JMP_FAULT_UNPLUG] = g_rand_int_range (random, 0, 4) == 0 ? 0.005 : 0;
  trouble.lies = (guint)g_rand_int_range (random, 0, 800);
  trouble.comes_back = g_rand_boolean (random);
  trouble.late_us = (guint)g_rand_int_range (random, 0, 200000);
  if (g_rand_int_range (random, 0, 6) == 0)
    trouble.stuck = places[board][g_rand_int_range (random, 0, 4)];
  if (g_rand_int_range (random, 0, 6) == 0)
    trouble.protect = places[board][g_rand_int_range (random, 0, 4)];
  g_rand_free (random);
  return trouble;
}

static void
check_limits (Campaign *campaign, Tally *tally, const char *when)
{
  if (campaign->outcome.seconds_total > MOST_SECONDS || campaign->transfers > MOST_TRANSFERS)
    fail_msg ("%s: %.0f s and %u transfers",
              when,
              campaign->outcome.seconds_total,
              (guint)campaign->transfers);
  tally->longest = MAX (tally->longest, campaign->outcome.seconds_total);
  tally->most = MAX (tally->most, campaign->transfers);
}

/* The same board once more, without bad luck: only what is wrong with the chip stays. */
static void
run_again (Campaign *campaign, const Trouble *trouble, Tally *tally, const char *when)
{
  const Trouble chip = { .stuck = trouble->stuck, .protect = trouble->protect };

  campaign_run (campaign, &chip);
  campaign_check_no_claim (campaign, when);
  campaign_check_start (campaign, when);
  campaign_check_kept (campaign, when);
  check_limits (campaign, tally, when);
  if (campaign->bad_chip)
    return;
  if (!campaign->ok)
    fail_msg ("%s: the second run failed: %s", when, campaign->error->message);
  assert_true (campaign_is_new (campaign));
  assert_false (campaign_has_recovery_file (campaign));
}

static void
check_run (Campaign *campaign, guint32 seed, guint board, Tally *tally)
{
  const Trouble trouble = choose_trouble (seed, board);
  g_autofree char *when = g_strdup_printf ("seed %u on %s", seed, boards[board].spec);

  campaign_run (campaign, &trouble);
  if (!campaign->ok && campaign->error->domain != JMP_ERROR)
    fail_msg ("%s: %s", when, campaign->error->message);
  campaign_check_no_claim (campaign, when);
  campaign_check_start (campaign, when);
  campaign_check_kept (campaign, when);
  check_limits (campaign, tally, when);
  tally->runs++;
  tally->successes += campaign->ok;
  tally->stuck += trouble.stuck != 0;
  tally->protected += trouble.protect != 0;
  tally->unplugged += campaign->waits;
  if (!campaign->ok) {
    run_again (campaign, &trouble, tally, when);
    tally->recovered += campaign->ok;
  }
}

static void
test_random_faults (void **state)
{
  guint runs = g_strcmp0 (g_getenv ("JMP_LONG_TESTS"), "1") == 0 ? LONG_RUNS : RUNS;
  Tally tally = { 0 };

  for (guint board = 0; board < G_N_ELEMENTS (boards); board++) {
    Campaign campaign = { 0 };

    campaign_set_up (&campaign, boards[board].spec, boards[board].image);
    for (guint32 seed = board + 1; seed <= runs; seed += G_N_ELEMENTS (boards)) {
      check_run (&campaign, seed, board, &tally);
      campaign_reset (&campaign);
    }
    campaign_tear_down (&campaign);
  }
  print_message (
      "  %u runs: %u came through, %u after a second run; %u with a stuck bit, %u with a "
      "protected sector, %u times unplugged and waited for; at most %.0f s and %u "
      "transfers\n",
      tally.runs,
      tally.successes,
      tally.recovered,
      tally.stuck,
      tally.protected,
      tally.unplugged,
      tally.longest,
      (guint)tally.most);
  assert_int_equal (tally.runs, runs);
  assert_true (tally.successes > runs / 4 && tally.successes < runs);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_random_faults),
  };

  return cmocka_run_group_tests_name ("core/flash/random-faults", tests, NULL, NULL);
}
