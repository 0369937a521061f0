/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug is pulled at every single transfer of a complete run: whatever the board holds then, it
 * starts nothing that is not whole, and what is done next makes it right. */

#include "assert-text.h"
#include "base/error.h"
#include "campaign-kit.h"

/* Several sectors, with bytes between the segments that have to be kept, and a vector table. */
#define PYBOARD_IMAGE "0 0x08000000 3000 vector; 0 0x08004100 2100; 0 0x0800C080 2500"
#define F072_IMAGE    "0 0x08000000 3000 vector; 0 0x08001100 300; 0 0x08002000 2500"
/* Of memory that is 0 when it is erased */
#define L073_IMAGE "0 0x08000000 1500 vector; 0 0x08000810 300; 0 0x08002000 250"
/* Data beside which all is kept, and nothing that starts. */
#define DATA_IMAGE "0 0x08004800 3000"

static const struct {
  const char *name;
  const char *spec;
  const char *image;
} shapes[] = {
  { "firmware on a pyboard", "pyboard,speed=0", PYBOARD_IMAGE },
  { "firmware on an F072", "f072,speed=0", F072_IMAGE },
  { "firmware on an L073", "l073,speed=0", L073_IMAGE },
  { "data into the middle of a sector", "pyboard,speed=0", DATA_IMAGE },
};

/* At once; while a block is being written; while a sector is being erased. */
static const guint late[] = { 0, 3000, 20000, 120000 };

static guint64
count_transfers (Campaign *campaign)
{
  campaign_run (campaign, NULL);
  assert_true (campaign->ok);
  campaign_reset (campaign);
  return campaign->transfers;
}

/* Every transfer, each at one of the moments after it; with JMP_LONG_TESTS=1 at all of them. */
static void
test_interrupt_anywhere_and_run_again (void **state)
{
  guint moments = g_strcmp0 (g_getenv ("JMP_LONG_TESTS"), "1") == 0 ? G_N_ELEMENTS (late) : 1;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    Campaign campaign = { 0 };
    guint64 transfers;

    campaign_set_up (&campaign, shapes[i].spec, shapes[i].image);
    transfers = count_transfers (&campaign);
    print_message ("  %s: %u transfers\n", shapes[i].name, (guint)transfers);
    for (guint64 round = moments; round < (transfers + 1) * moments; round++) {
      guint64 at = round / moments;
      const Trouble trouble = {
        .unplug_at = at,
        .late_us = late[(at + round % moments) % G_N_ELEMENTS (late)],
      };
      g_autofree char *when = g_strdup_printf (
          "unplugged at %u + %u us", (guint)at, trouble.late_us);

      campaign_run (&campaign, &trouble);
      if (!campaign.ok)
        assert_error (campaign.error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
      campaign_check_no_claim (&campaign, when);
      campaign_check_start (&campaign, when);
      campaign_check_kept (&campaign, when);
      campaign_run (&campaign, NULL);
      assert_no_error (campaign.error);
      assert_true (campaign_is_new (&campaign));
      assert_false (campaign_has_recovery_file (&campaign));
      bench_check_no_violations (&campaign.bench);
      campaign_reset (&campaign);
    }
    campaign_tear_down (&campaign);
  }
}

static void
test_interrupt_anywhere_and_wait_for_the_board (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    Campaign campaign = { 0 };
    guint64 transfers;

    campaign_set_up (&campaign, shapes[i].spec, shapes[i].image);
    transfers = count_transfers (&campaign);
    for (guint64 at = 1; at <= transfers; at++) {
      const Trouble trouble = {
        .unplug_at = at,
        .late_us = late[at % G_N_ELEMENTS (late)],
        .comes_back = TRUE,
      };

      campaign_run (&campaign, &trouble);
      assert_no_error (campaign.error);
      assert_true (campaign_is_new (&campaign));
      assert_false (campaign_has_recovery_file (&campaign));
      bench_check_no_violations (&campaign.bench);
      campaign_reset (&campaign);
    }
    campaign_tear_down (&campaign);
  }
}

/* A second plug is pulled while the first is made good. */
static void
test_interrupt_twice (void **state)
{
  Campaign campaign = { 0 };
  guint64 transfers;

  campaign_set_up (&campaign, shapes[0].spec, shapes[0].image);
  transfers = count_transfers (&campaign);
  for (guint64 at = 1; at <= transfers; at += 7) {
    for (guint64 again = 5; again <= transfers; again += 11) {
      const Trouble first = { .unplug_at = at, .late_us = late[at % G_N_ELEMENTS (late)] };
      const Trouble second = { .unplug_at = again, .late_us = late[again % G_N_ELEMENTS (late)] };
      g_autofree char *when = g_strdup_printf ("unplugged at %u, %u", (guint)at, (guint)again);

      campaign_run (&campaign, &first);
      campaign_run (&campaign, &second);
      campaign_check_no_claim (&campaign, when);
      campaign_check_start (&campaign, when);
      campaign_check_kept (&campaign, when);
      campaign_run (&campaign, NULL);
      assert_no_error (campaign.error);
      assert_true (campaign_is_new (&campaign));
      bench_check_no_violations (&campaign.bench);
      campaign_reset (&campaign);
    }
  }
  campaign_tear_down (&campaign);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_interrupt_anywhere_and_run_again),
    cmocka_unit_test (test_interrupt_anywhere_and_wait_for_the_board),
    cmocka_unit_test (test_interrupt_twice),
  };

  return cmocka_run_group_tests_name ("core/flash/interrupt", tests, NULL, NULL);
}
