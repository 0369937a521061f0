/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans for random images, carried out on flash that is an array: erasing sets, writing clears. */

#include "assert-text.h"
#include "flash/plan.h"
#include "plan-kit.h"

#define ROUNDS 120
#define UNIT   32

typedef struct {
  const char *layout;
  guint32 base;
  guint32 size;
} Chip;

static const Chip chips[] = {
  { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg", 0x08000000, 0x100000 },
  { "@Internal Flash  /0x08000000/1536*128g", 0x08000000, 0x30000 },
  { "@Odd /0x00001000/7*100Bg,3*1Ke,5*33Bg,1*4Kg", 0x1000, 700 + 3072 + 165 + 4096 },
};

/* Segments with gaps from nothing to a few sectors, in the chip's memory. */
static JmpImage *
random_image (const Chip *chip, GRand *random)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  guint32 largest = chip->size / 8;
  guint32 at = (guint32)g_rand_int_range (random, 0, (gint32)largest);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  while (at < chip->size) {
    guint32 length = (guint32)g_rand_int_range (
        random, 1, g_rand_boolean (random) ? 70 : (gint32)largest);
    g_autofree guint8 *data = NULL;
    g_autoptr (GBytes) bytes = NULL;

    length = MIN (length, chip->size - at);
    data = g_malloc (length);
    for (guint32 i = 0; i < length; i++)
      data[i] = (guint8)g_rand_int (random);
    bytes = g_bytes_new (data, length);
    assert_true (jmp_image_builder_add (builder, 0, chip->base + at, bytes, &error));
    at += length
          + (guint32)g_rand_int_range (random, 0, g_rand_boolean (random) ? 40 : (gint32)largest);
  }
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}

typedef struct {
  const Chip *chip;
  JmpLayout *layout;
  guint8 *flash;
  guint8 *programmed; /* by byte: how often since its erase */
  gboolean *erased;   /* by byte: ever */
} Simulation;

static void
write_byte (Simulation *self, guint32 at, guint8 value)
{
  JmpSector sector;

  assert_true (jmp_layout_find (self->layout, self->chip->base + at, &sector));
  assert_true ((sector.access & JMP_ACCESS_WRITE) != 0);
  if ((sector.access & JMP_ACCESS_ERASE) != 0) {
    assert_true (self->erased[at]);
    assert_int_equal (self->programmed[at], 0);
    self->flash[at] &= value;
  } else {
    self->flash[at] = value;
  }
  self->programmed[at]++;
}

static void
do_step (Simulation *self, const JmpStep *step)
{
  guint32 at = step->address - self->chip->base;
  gsize size = 0;
  const guint8 *data = step->bytes != NULL ? g_bytes_get_data (step->bytes, &size) : NULL;

  switch (step->kind) {
  case JMP_STEP_ERASE:
    for (guint32 i = 0; i < step->length; i++) {
      assert_false (self->erased[at + i]);
      self->erased[at + i] = TRUE;
      self->flash[at + i] = 0xFF;
    }
    break;
  case JMP_STEP_WRITE:
    for (guint32 i = 0; i < step->length; i++)
      write_byte (self, at + i, i < size ? data[i] : 0xFF);
    break;
  case JMP_STEP_VERIFY:
    assert_int_equal (size, step->length);
    assert_memory_equal (self->flash + at, data, size);
    break;
  case JMP_STEP_READ:
  case JMP_STEP_LEAVE:
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    fail ();
  }
}

/* Every byte is what the image says, or blank where a sector had to go, or as it was. */
static void
check_result (Simulation *self, JmpImage *image, const guint8 *before, JmpPlan *plan)
{
  const JmpImageTarget *target = jmp_image_get_target (image, 0);
  g_autofree guint8 *expected = g_memdup2 (before, self->chip->size);
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);
  guint64 image_bytes = 0;

  for (guint i = 0; i < n_sectors; i++) {
    image_bytes += sectors[i].image_bytes;
    assert_true (sectors[i].image_bytes > 0);
    assert_true (i == 0 || sectors[i - 1].sector.address < sectors[i].sector.address);
    if ((sectors[i].fate & JMP_FATE_ERASED) != 0)
      memset (
          expected + (sectors[i].sector.address - self->chip->base), 0xFF, sectors[i].sector.size);
  }
  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    memcpy (expected + (target->segments[i].address - self->chip->base), data, size);
  }
  assert_memory_equal (self->flash, expected, self->chip->size);
  assert_int_equal (image_bytes, jmp_image_get_size (image));
}

static void
check_totals (JmpPlan *plan)
{
  JmpPlanTotals totals = jmp_plan_get_totals (plan);
  guint n_steps;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);

  for (guint i = 0; i < n_steps; i++) {
    if (steps[i].kind == JMP_STEP_ERASE)
      totals.erase -= steps[i].length;
    else if (steps[i].kind == JMP_STEP_WRITE)
      totals.write -= steps[i].length;
    else if (steps[i].kind == JMP_STEP_VERIFY)
      totals.verify -= steps[i].length;
  }
  assert_int_equal (totals.erase, 0);
  assert_int_equal (totals.write, 0);
  assert_int_equal (totals.verify, 0);
}

static void
check_round (const Chip *chip, GRand *random)
{
  const char *layouts[] = { chip->layout, NULL };
  const JmpPlanOptions options = { .verify = TRUE };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = random_image (chip, random);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, &error);
  g_autofree guint8 *before = g_malloc (chip->size);
  g_autofree guint8 *flash = NULL;
  g_autofree guint8 *programmed = g_malloc0 (chip->size);
  g_autofree gboolean *erased = g_new0 (gboolean, chip->size);
  Simulation simulation = { .chip = chip, .programmed = programmed, .erased = erased };
  guint n_steps;
  const JmpStep *steps;

  assert_no_error (error);
  for (guint32 i = 0; i < chip->size; i++)
    before[i] = kit_byte_at (i);
  flash = g_memdup2 (before, chip->size);
  simulation.flash = flash;
  simulation.layout = ((JmpDfuAlt *)g_ptr_array_index (board->alts, 0))->layout;
  steps = jmp_plan_get_steps (plan, &n_steps);
  for (guint i = 0; i < n_steps; i++)
    do_step (&simulation, &steps[i]);
  check_result (&simulation, image, before, plan);
  check_totals (plan);
}

static void
test_plan_random_images (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++) {
    for (guint32 seed = 1; seed <= ROUNDS; seed++) {
      GRand *random = g_rand_new_with_seed (seed);

      check_round (&chips[i], random);
      g_rand_free (random);
    }
  }
}

/* Newer flash takes a program unit once only: no two writes may share one. */
static void
test_plan_random_units_are_written_once (void **state)
{
  for (guint32 seed = 1; seed <= ROUNDS; seed++) {
    const char *layouts[] = { chips[0].layout, NULL };
    const JmpPlanOptions options = { .verify = FALSE };
    GRand *random = g_rand_new_with_seed (seed);
    g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
    g_autoptr (JmpImage) image = random_image (&chips[0], random);
    g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, NULL);
    guint n_steps;
    const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);
    guint64 end = 0;

    for (guint i = 0; i < n_steps; i++) {
      if (steps[i].kind != JMP_STEP_WRITE)
        continue;
      assert_int_equal (steps[i].address % UNIT, 0);
      assert_int_equal (steps[i].length % UNIT, 0);
      assert_true (steps[i].address > end || end == 0);
      end = (guint64)steps[i].address + steps[i].length;
    }
    g_rand_free (random);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_random_images),
    cmocka_unit_test (test_plan_random_units_are_written_once),
  };

  return cmocka_run_group_tests_name ("core/flash/plan-random", tests, NULL, NULL);
}
