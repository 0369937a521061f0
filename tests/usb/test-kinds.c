/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of virtual board on the simulated usbfs, over the real libusb: listed and mapped by
 * Jumper and by dfu-util, and flashed, verified, backed up and restored. */

#include "assert-text.h"
#include "base/error.h"
#include "bus-kit.h"
#include "device/monitor.h"
#include "flash/run.h"

#include <string.h>

/**
 * Row:
 * @spec: the kind, and how fast its time passes: those that stall while they work need time that
 *   passes by itself
 * @ids: as dfu-util writes them
 * @maps: "alt:bytes" for each alt setting that Jumper shows, "alt:-" where there is no map
 * @quirks: the row of the quirk table that it finds
 * @alt: where the test writes
 * @address: where in it
 * @size: bytes of the image
 * @memory: the alt setting whose memory that is, where several lead to one
 * @unproven: its boot loader gives no way to verify it, and is gone when it has its file
 * @lies: flashing it must end with a difference: the map is wrong, and nothing else tells
 */
typedef struct {
  const char *spec;
  const char *ids;
  const char *maps;
  const char *quirks;
  guint8 alt;
  guint32 address;
  guint32 size;
  guint8 memory;
  gboolean unproven;
  gboolean lies;
} Row;

static const Row rows[] = {
  { "pyboard,speed=0", "0483:df11", "0:1048576 1:16 2:528 3:4", NULL, 0, 0x08004000, 40000 },
  { "nucleo-h743,speed=0",
    "0483:df11",
    "0:2097152 1:128",
    "ST ROM, new generation",
    0,
    0x08020000,
    40000 },
  { "f072,speed=1000", "0483:df11", "0:131072 1:16", NULL, 0, 0x08000000, 20000 },
  { "f411,speed=0", "0483:df11", "0:524288 1:16 2:528 3:4", NULL, 0, 0x08000000, 40000 },
  { "f427,speed=0", "0483:df11", "0:2097152 1:32 2:528 3:4", NULL, 0, 0x08100000, 40000 },
  { "f767,speed=0",
    "0483:df11",
    "0:1048576 1:32 2:1024 3:4",
    "STM32F7 ROM, one bank or two",
    0,
    0x08080000,
    40000,
    .lies = TRUE },
  { "l432,speed=1000", "0483:df11", "0:262144 1:40", "STM32L43x ROM", 0, 0x08001000, 20000 },
  { "l073,speed=0", "0483:df11", "0:196608 1:32 2:6144", "STM32L0 ROM", 0, 0x08001000, 20000 },
  { "l152,speed=0", "0483:df11", "0:262144 1:32 2:8192", "STM32L1 ROM", 0, 0x08001000, 20000 },
  { "g0,speed=0", "0483:df11", "0:524288", "ST ROM, new generation", 0, 0x08000000, 20000 },
  { "c5,speed=0", "0483:df11", "0:524288", "STM32C5 ROM", 0, 0x08002000, 20000 },
  { "wb55,speed=0",
    "0483:df11",
    "0:1048576 1:128",
    "ST ROM, new generation",
    0,
    0x08000000,
    20000 },
  { "gd32,speed=0", "28e9:0189", "0:131072 1:16", "GD32, 128 KiB", 0, 0x08000000, 20000 },
  { "at32,speed=0", "2e3c:df11", "0:131072 1:512", "AT32 ROM", 0, 0x08000000, 20000 },
  { "apm32,speed=0", "314b:0106", "0:131072", "APM32 ROM", 0, 0x08002000, 20000 },
  { "mboot,speed=0", "0483:df11", "0:5242880", "MicroPython mboot", 0, 0x08008000, 40000 },
  { "spark,speed=0",
    "1d50:607f",
    "0:131072 1:2097152",
    "Spark Core",
    1,
    0x00080000,
    20000,
    .memory = 1 },
  { "photon,speed=0", "2b04:d006", "0:1048576 1:16384", "Particle", 0, 0x080A0000, 40000 },
  { "blackmagic,speed=0", "1d50:6017", "0:1048576", "Black Magic Probe", 0, 0x08004000, 40000 },
  { "bluepill,speed=0",
    "1eaf:0003",
    "0:- 1:- 2:-",
    "Maple, stm32duino",
    2,
    0x08002000,
    20000,
    .memory = 0 },
  { "dapboot,speed=0", "1209:db42", "0:-", "dapboot", 0, 0x08002000, 20000 },
  { "dfu10,speed=0", "1d50:5119", "0:- 1:-", "Openmoko Freerunner", 1, 0, 20000, .memory = 1 },
  { "stm32mp1,speed=0", "0483:df11", "0:- 1:-", "STM32MP", 0, 0, 20000, .unproven = TRUE },
};

static int
set_up (void **state)
{
  const char *specs[G_N_ELEMENTS (rows) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    specs[i] = rows[i].spec;
  *state = bus_kit_new (specs);
  return 0;
}

static int
tear_down (void **state)
{
  bus_kit_free (*state);
  return 0;
}

/* The table has every kind, so that no new one goes without. */
static void
test_kinds_are_all_here (void **state)
{
  const char *const *kinds = jmp_virtual_board_kinds ();

  assert_int_equal (g_strv_length ((char **)kinds), G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) words = g_strsplit (rows[i].spec, ",", 2);

    assert_string_equal (words[0], kinds[i]);
  }
}

static JmpDevice *
find_device (GPtrArray *devices, const char *path)
{
  for (guint i = 0; i < devices->len; i++) {
    if (g_str_equal (jmp_device_get_path (devices->pdata[i]), path))
      return devices->pdata[i];
  }
  fail_msg ("nothing at %s", path);
  return NULL;
}

static char *
describe_maps (JmpDfuInfo *info)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->layout == NULL)
      g_ptr_array_add (words, g_strdup_printf ("%u:-", alt->alt));
    else
      g_ptr_array_add (
          words,
          g_strdup_printf ("%u:%" G_GUINT64_FORMAT, alt->alt, jmp_layout_get_size (alt->layout)));
  }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

static void
test_kinds_are_listed_and_mapped (void **state)
{
  BusKit *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = jmp_device_scan (self->bus, &error);

  assert_no_error (error);
  assert_int_equal (devices->len, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpDevice *device = find_device (devices, self->paths[i]);
    JmpDfuInfo *info = jmp_device_get_info (device);
    g_autofree char *ids = g_strdup_printf ("%04x:%04x", info->vid, info->pid);
    g_autofree char *maps = describe_maps (info);

    print_message ("%s\n", rows[i].spec);
    assert_null (jmp_device_get_problem (device));
    assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
    assert_string_equal (ids, rows[i].ids);
    assert_string_equal (maps, rows[i].maps);
    assert_string_equal (info->quirks.name != NULL ? info->quirks.name : "-",
                         rows[i].quirks != NULL ? rows[i].quirks : "-");
    assert_string_equal (jmp_device_get_serial (device),
                         jmp_virtual_board_get_serial (self->boards[i]));
  }
}

/* What dfu-util -l says about the board at @path. */
static guint
count_lines (const char *output, const char *ids, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autofree char *where = g_strdup_printf ("path=\"%s\"", path);
  g_autofree char *who = g_strdup_printf ("[%s]", ids);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], "Found DFU") && strstr (lines[i], who) != NULL
         && strstr (lines[i], where) != NULL;
  return n;
}

static void
test_kinds_are_listed_by_dfu_util (void **state)
{
  BusKit *self = *state;
  const char *const args[] = { "-l", NULL };
  g_autofree char *output = bus_kit_run_dfu_util (self, args, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (count_lines (output, rows[i].ids, self->paths[i]) == 0)
      fail_msg ("%s is not in\n%s", rows[i].spec, output);
  }
}

static JmpImage *
new_image (const Row *row)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GRand) random = g_rand_new_with_seed (row->address);
  guint8 *data = g_malloc (row->size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  for (guint32 i = 0; i < row->size; i++)
    data[i] = (guint8)g_rand_int (random);
  bytes = g_bytes_new_take (data, row->size);
  assert_true (jmp_image_builder_add (builder, row->alt, row->address, bytes, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}

static gboolean
run (JmpDfu *dfu, JmpPlan *plan, JmpOutcome *outcome, GError **error)
{
  G_GNUC_UNUSED g_autoptr (JmpPlan) owned = plan;

  assert_non_null (plan);
  return jmp_flash_run (dfu, plan, NULL, NULL, NULL, outcome, error);
}

static void
flash (JmpDfu *dfu, const Row *row, JmpImage *image)
{
  const JmpPlanOptions options = { .verify = TRUE };
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_flash (image, jmp_dfu_get_info (dfu), &options, &error);

  assert_no_error (error);
  run (dfu, plan, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (outcome.state, row->unproven ? JMP_BOARD_UNVERIFIED : JMP_BOARD_COMPLETE);
}

static void
verify (JmpDfu *dfu, JmpImage *image)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  run (dfu, jmp_plan_verify (image, jmp_dfu_get_info (dfu), &error), &outcome, &error);
  assert_no_error (error);
  assert_int_equal (outcome.bytes_verified, jmp_image_get_size (image));
}

static JmpImage *
back_up (JmpDfu *dfu, const Row *row)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_backup_range (
      jmp_dfu_get_info (dfu), row->alt, row->address, row->size, &error);

  assert_no_error (error);
  run (dfu, plan, &outcome, &error);
  assert_no_error (error);
  return g_steal_pointer (&outcome.read);
}

static GBytes *
peek (JmpVirtualBoard *board, const Row *row)
{
  guint8 *data = g_malloc (row->size);

  assert_true (jmp_virtual_board_peek (board, row->memory, row->address, data, row->size));
  return g_bytes_new_take (data, row->size);
}

static void
assert_holds (JmpVirtualBoard *board, const Row *row, JmpImage *image)
{
  g_autoptr (GBytes) found = peek (board, row);
  const JmpImageTarget *target = jmp_image_find_target (image, row->alt);

  assert_true (g_bytes_equal (found, target->segments[0].bytes));
}

/* A board that is gone when it has its file comes back as another device. */
static JmpDfu *
open_again (BusKit *self, gsize i, JmpDfu *dfu)
{
  if (!rows[i].unproven)
    return dfu;
  jmp_dfu_free (dfu);
  mock_usbfs_settle (self->mock);
  return bus_kit_open (self, i);
}

static const char *
mark (gboolean done)
{
  return done ? "yes" : "no";
}

/* Flashed, verified, and what was there before put back. */
static void
work_on (BusKit *self, gsize i)
{
  const Row *row = &rows[i];
  JmpDfu *dfu = bus_kit_open (self, i);
  g_autoptr (JmpImage) image = new_image (row);
  g_autoptr (GBytes) before = peek (self->boards[i], row);
  g_autoptr (JmpImage) backup = back_up (dfu, row);
  g_autoptr (GBytes) after = NULL;
  g_auto (GStrv) violations = NULL;
  gboolean has_map = jmp_dfu_get_info (dfu)->dfuse;

  flash (dfu, row, image);
  assert_holds (self->boards[i], row, image);
  dfu = open_again (self, i, dfu);
  verify (dfu, image);
  flash (dfu, row, backup);
  dfu = open_again (self, i, dfu);
  jmp_dfu_free (dfu);
  after = peek (self->boards[i], row);
  assert_true (g_bytes_equal (after, before));
  violations = jmp_virtual_board_get_violations (self->boards[i]);
  if (violations[0] != NULL)
    fail_msg ("%s complains: %s", row->spec, violations[0]);
  print_message ("%-22s %-7s %-7s %-8s %-9s %-10s %s\n",
                 row->spec,
                 mark (TRUE),
                 mark (has_map),
                 mark (TRUE),
                 row->unproven ? "not by it" : mark (TRUE),
                 mark (TRUE),
                 mark (TRUE));
}

static void
test_kinds_are_flashed_verified_backed_up_and_restored (void **state)
{
  BusKit *self = *state;

  print_message ("%-22s %-7s %-7s %-8s %-9s %-10s %s\n",
                 "kind",
                 "listed",
                 "mapped",
                 "flashed",
                 "verified",
                 "backed up",
                 "restored");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].lies)
      print_message ("%-22s %-7s %-7s %s\n",
                     rows[i].spec,
                     mark (TRUE),
                     mark (TRUE),
                     "its map lies, which verifying finds: see the next test");
    else
      work_on (self, i);
  }
}

static void
test_kinds_that_lie_are_caught (void **state)
{
  BusKit *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JmpPlanOptions options = { .verify = TRUE };
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpImage) image = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;

    if (!rows[i].lies)
      continue;
    print_message ("%s\n", rows[i].spec);
    dfu = bus_kit_open (self, i);
    image = new_image (&rows[i]);
    assert_false (run (
        dfu, jmp_plan_flash (image, jmp_dfu_get_info (dfu), &options, NULL), &outcome, &error));
    /* A sector that is not blank after its erase looks write-protected; what the map is worth says
     * only the quirk. */
    if (!g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY)
        && !g_error_matches (error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED))
      fail_msg ("%s", error->message);
    assert_true (outcome.state == JMP_BOARD_DIFFERS || outcome.state == JMP_BOARD_INCOMPLETE);
    assert_true ((jmp_dfu_get_info (dfu)->quirks.flags & JMP_QUIRK_MAP_MAY_LIE) != 0);
  }
}

int
main (void)
{
#define WITH_BOARDS(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_kinds_are_all_here),
    WITH_BOARDS (test_kinds_are_listed_and_mapped),
    WITH_BOARDS (test_kinds_are_listed_by_dfu_util),
    WITH_BOARDS (test_kinds_are_flashed_verified_backed_up_and_restored),
    WITH_BOARDS (test_kinds_that_lie_are_caught),
  };

  if (!bus_kit_is_possible ())
    return 77;
  return cmocka_run_group_tests_name ("usb/kinds", tests, NULL, NULL);
}
