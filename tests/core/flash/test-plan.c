/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "flash/plan.h"
#include "plan-kit.h"

#define F405         "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define OPTION_BYTES "@Option Bytes  /0x1FFFC000/01*016 e"
#define OTP          "@OTP Memory /0x1FFF7800/01*512 g,01*016 g"
#define FEATURE      "@Device Feature/0xFFFF0000/01*004 e"
#define EEPROM       "@DATA Memory /0x08080000/2*3Ke"
#define L073         "@Internal Flash  /0x08000000/1536*128g"
#define F072         "@Internal Flash  /0x08000000/064*0002Kg"
#define PHOTON       "@Internal Flash   /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg"
#define SPI          "@SPI Flash : SST25x/0x00000000/512*04Kg"
#define PYBD_SF2 \
  "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg/0x80000000/64*32Kg/0x90000000/64*32Kg"

typedef struct {
  const char *name;
  const char *layouts[4];
  const char *image;
  const char *expected;
} PlanCase;

static void
check_plan (const char *name, JmpPlan *plan, const char *expected)
{
  g_autofree char *text = jmp_plan_to_string (plan);

  print_message ("  %s\n", name);
  assert_lines_equal (text, expected);
}

/* What holds for every plan of an image. */
static void
check_flash_invariants (JmpPlan *plan, JmpDfuInfo *board, JmpImage *image)
{
  guint n_steps;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);
  guint64 verified = 0;

  for (guint i = 0; i < n_steps; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (board->alts, steps[i].alt);
    JmpSector sector;

    for (guint j = 0; j < i; j++) {
      gboolean same = steps[j].kind == steps[i].kind && steps[j].alt == steps[i].alt;

      assert_false (same && steps[i].address < (guint64)steps[j].address + steps[j].length
                    && steps[j].address < (guint64)steps[i].address + steps[i].length);
    }
    if (steps[i].kind == JMP_STEP_ERASE) {
      assert_true (jmp_layout_find (alt->layout, steps[i].address, &sector));
      assert_int_equal (sector.address, steps[i].address);
      assert_int_equal (sector.size, steps[i].length);
      assert_true ((sector.access & JMP_ACCESS_ERASE) != 0);
    } else if (steps[i].kind == JMP_STEP_WRITE) {
      assert_true (g_bytes_get_size (steps[i].bytes) <= steps[i].length);
      assert_true (jmp_layout_allows (
          alt->layout, steps[i].address, steps[i].length, JMP_ACCESS_WRITE, NULL));
    } else if (steps[i].kind == JMP_STEP_VERIFY) {
      assert_int_equal (g_bytes_get_size (steps[i].bytes), steps[i].length);
      verified += steps[i].length;
    }
  }
  assert_int_equal (verified, jmp_image_get_size (image));
  assert_int_equal (jmp_plan_get_totals (plan).image, jmp_image_get_size (image));
}

static const PlanCase flash_cases[] = {
  {
      .name = "pyboard: two elements, the files between them are not touched",
      .layouts = { F405, OPTION_BYTES, OTP },
      .image = "0 0x08000000 14872 vector; 0 0x08020000 407064",
      .expected = "ERASE  alt 0 0x08000000 +0x4000\n"
                  "ERASE  alt 0 0x08020000 +0x20000\n"
                  "ERASE  alt 0 0x08040000 +0x20000\n"
                  "ERASE  alt 0 0x08060000 +0x20000\n"
                  "ERASE  alt 0 0x08080000 +0x20000\n"
                  "WRITE  alt 0 0x08020000 +0x63620 crc=1f9b03d0\n"
                  "VERIFY alt 0 0x08020000 +0x63618 crc=1f9b03d0\n"
                  "WRITE  alt 0 0x08000020 +0x3A00 crc=c14bd662\n"
                  "VERIFY alt 0 0x08000020 +0x39F8 crc=c14bd662\n"
                  "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
                  "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 540672 sectors 5 write 421952 blocks 208 verify 421936\n",
  },
  {
      .name = "two elements in one sector: erased once",
      .layouts = { F405 },
      .image = "0 0x08004000 256; 0 0x08005000 256",
      .expected = "ERASE  alt 0 0x08004000 +0x4000\n"
                  "WRITE  alt 0 0x08004000 +0x0100 crc=01a050a6\n"
                  "WRITE  alt 0 0x08005000 +0x0100 crc=7d556603\n"
                  "VERIFY alt 0 0x08004000 +0x0100 crc=01a050a6\n"
                  "VERIFY alt 0 0x08005000 +0x0100 crc=7d556603\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 16384 sectors 1 write 512 blocks 2 verify 512\n",
  },
  {
      .name = "the last block is the first of a sector",
      .layouts = { F072 },
      .image = "0 0x08000000 2049",
      .expected = "ERASE  alt 0 0x08000000 +0x0800\n"
                  "ERASE  alt 0 0x08000800 +0x0800\n"
                  "WRITE  alt 0 0x08000000 +0x0820 crc=9a3d0972\n"
                  "VERIFY alt 0 0x08000000 +0x0801 crc=9a3d0972\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 4096 sectors 2 write 2080 blocks 2 verify 2049\n",
  },
  {
      .name = "a whole sector: the next one is not touched",
      .layouts = { F072 },
      .image = "0 0x08000000 2048",
      .expected = "ERASE  alt 0 0x08000000 +0x0800\n"
                  "WRITE  alt 0 0x08000000 +0x0800 crc=8dd0b4af\n"
                  "VERIFY alt 0 0x08000000 +0x0800 crc=8dd0b4af\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 2048 sectors 1 write 2048 blocks 1 verify 2048\n",
  },
  {
      .name = "three bytes",
      .layouts = { F405 },
      .image = "0 0x08008000 3",
      .expected = "ERASE  alt 0 0x08008000 +0x4000\n"
                  "WRITE  alt 0 0x08008000 +0x0020 crc=3f5a8994\n"
                  "VERIFY alt 0 0x08008000 +0x0003 crc=3f5a8994\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 16384 sectors 1 write 32 blocks 1 verify 3\n",
  },
  {
      .name = "three bytes in the middle: whole program units",
      .layouts = { F405 },
      .image = "0 0x08008029 3",
      .expected = "ERASE  alt 0 0x08008000 +0x4000\n"
                  "WRITE  alt 0 0x08008020 +0x0020 crc=78629174\n"
                  "VERIFY alt 0 0x08008029 +0x0003 crc=3c0491fe\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 16384 sectors 1 write 32 blocks 1 verify 3\n",
  },
  {
      .name = "segments that touch become one",
      .layouts = { F405 },
      .image = "0 0x08008000 0x100; 0 0x08008100 0x20",
      .expected = "ERASE  alt 0 0x08008000 +0x4000\n"
                  "WRITE  alt 0 0x08008000 +0x0120 crc=c26ed252\n"
                  "VERIFY alt 0 0x08008000 +0x0120 crc=c26ed252\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 16384 sectors 1 write 288 blocks 1 verify 288\n",
  },
  {
      .name = "segments in one program unit are written at once and read back apart",
      .layouts = { F405 },
      .image = "0 0x08008000 8; 0 0x08008010 4",
      .expected = "ERASE  alt 0 0x08008000 +0x4000\n"
                  "WRITE  alt 0 0x08008000 +0x0020 crc=4d0df69c\n"
                  "VERIFY alt 0 0x08008000 +0x0008 crc=2686152d\n"
                  "VERIFY alt 0 0x08008010 +0x0004 crc=4aa4c619\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 16384 sectors 1 write 32 blocks 1 verify 12\n",
  },
  {
      .name = "padding stays in its sector",
      .layouts = { "@Odd /0x08000000/2*100Bg,1*100Be" },
      .image = "0 0x08000000 99; 0 0x08000064 98; 0 0x080000c8 3",
      .expected = "ERASE  alt 0 0x08000000 +0x0064\n"
                  "ERASE  alt 0 0x08000064 +0x0064\n"
                  "WRITE  alt 0 0x08000000 +0x00CB crc=7ee6f98a\n"
                  "VERIFY alt 0 0x08000000 +0x0063 crc=ae149478\n"
                  "VERIFY alt 0 0x08000064 +0x0062 crc=74a8967f\n"
                  "VERIFY alt 0 0x080000C8 +0x0003 crc=01745943\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 200 sectors 2 write 203 blocks 1 verify 200\n",
  },
  {
      .name = "to the last byte",
      .layouts = { F405 },
      .image = "0 0x080fffff 1",
      .expected = "ERASE  alt 0 0x080E0000 +0x20000\n"
                  "WRITE  alt 0 0x080FFFE0 +0x0020 crc=42d15917\n"
                  "VERIFY alt 0 0x080FFFFF +0x0001 crc=42bdf21c\n"
                  "LEAVE  0x08000000\n"
                  "TOTAL  erase 131072 sectors 1 write 32 blocks 1 verify 1\n",
  },
  {
      .name = "behind the read-only sectors of a Photon",
      .layouts = { PHOTON },
      .image = "0 0x0800c000 64 vector",
      .expected = "ERASE  alt 0 0x0800C000 +0x4000\n"
                  "WRITE  alt 0 0x0800C020 +0x0020 crc=7cd611d4\n"
                  "VERIFY alt 0 0x0800C020 +0x0020 crc=7cd611d4\n"
                  "WRITE  alt 0 0x0800C000 +0x0020 crc=ca1f1fb7\n"
                  "VERIFY alt 0 0x0800C000 +0x0020 crc=ca1f1fb7\n"
                  "LEAVE  0x0800C000\n"
                  "TOTAL  erase 16384 sectors 1 write 64 blocks 2 verify 64\n",
  },
  {
      .name = "zones of a PYBD",
      .layouts = { PYBD_SF2 },
      .image = "0 0x08008000 512 vector; 0 0x90000000 0x8001",
      .expected = "ERASE  alt 0 0x08008000 +0x4000\n"
                  "ERASE  alt 0 0x90000000 +0x8000\n"
                  "ERASE  alt 0 0x90008000 +0x8000\n"
                  "WRITE  alt 0 0x90000000 +0x8020 crc=ff9297fe\n"
                  "VERIFY alt 0 0x90000000 +0x8001 crc=ff9297fe\n"
                  "WRITE  alt 0 0x08008020 +0x01E0 crc=1a7afdb9\n"
                  "VERIFY alt 0 0x08008020 +0x01E0 crc=1a7afdb9\n"
                  "WRITE  alt 0 0x08008000 +0x0020 crc=039a1f07\n"
                  "VERIFY alt 0 0x08008000 +0x0020 crc=039a1f07\n"
                  "LEAVE  0x08008000\n"
                  "TOTAL  erase 81920 sectors 3 write 33312 blocks 19 verify 33281\n",
  },
  {
      .name = "EEPROM is written as it is, without an erase",
      .layouts = { L073, EEPROM },
      .image = "1 0x08080bff 3",
      .expected = "WRITE  alt 1 0x08080BFF +0x0003 crc=5799622d\n"
                  "VERIFY alt 1 0x08080BFF +0x0003 crc=5799622d\n"
                  "TOTAL  write 3 blocks 1 verify 3\n",
  },
  {
      .name = "memory at address 0: nothing that could be started",
      .layouts = { F405, SPI },
      .image = "1 0x00000000 0x1000",
      .expected = "ERASE  alt 1 0x00000000 +0x1000\n"
                  "WRITE  alt 1 0x00000000 +0x1000 crc=fbbdd0f4\n"
                  "VERIFY alt 1 0x00000000 +0x1000 crc=fbbdd0f4\n"
                  "TOTAL  erase 4096 sectors 1 write 4096 blocks 2 verify 4096\n",
  },
  {
      .name = "two targets, by alt setting, and the program starts where its table is",
      .layouts = { F405, SPI },
      .image = "1 0x00001000 16; 0 0x08010000 32 vector",
      .expected = "ERASE  alt 0 0x08010000 +0x10000\n"
                  "ERASE  alt 1 0x00001000 +0x1000\n"
                  "WRITE  alt 1 0x00001000 +0x0020 crc=f4a7fd67\n"
                  "VERIFY alt 1 0x00001000 +0x0010 crc=f4a7fd67\n"
                  "WRITE  alt 0 0x08010000 +0x0020 crc=5a327342\n"
                  "VERIFY alt 0 0x08010000 +0x0020 crc=5a327342\n"
                  "LEAVE  0x08010000\n"
                  "TOTAL  erase 69632 sectors 2 write 64 blocks 2 verify 48\n",
  },
};

static void
test_plan_flash_steps (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (flash_cases); i++) {
    const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
    JmpDfuInfo *board = kit_board_new (flash_cases[i].layouts);
    g_autoptr (JmpImage) image = kit_image_new (flash_cases[i].image);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, &error);

    assert_no_error (error);
    check_plan (flash_cases[i].name, plan, flash_cases[i].expected);
    check_flash_invariants (plan, board, image);
    jmp_dfu_info_unref (board);
  }
}

typedef struct {
  const char *name;
  const char *layouts[4];
  const char *image;
  int code;
  const char *part;
} RefusedCase;

static const RefusedCase refused_cases[] = {
  {
      .name = "one byte behind the end",
      .layouts = { F405 },
      .image = "0 0x080fff00 0x101",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "0x080FFF00+0x101 passes the end of Internal Flash (alt 0) at 0x08100000 by 1 byte",
  },
  {
      .name = "outside altogether",
      .layouts = { F405 },
      .image = "0 0x20000000 4",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "0x20000000+0x4 begins outside Internal Flash (alt 0), which is 0x08000000+0x100000",
  },
  {
      .name = "across a gap between zones",
      .layouts = { PYBD_SF2 },
      .image = "0 0x801fff00 0x200",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "at 0x80200000 by 256 bytes",
  },
  {
      .name = "in front of the memory",
      .layouts = { F405 },
      .image = "0 0x07ffffff 2",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "begins outside",
  },
  {
      .name = "to the end of all addresses",
      .layouts = { "@Top /0xFFFF0000/15*4Kg" },
      .image = "0 0xffffefff 0x1001",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "at 0xFFFFF000 by 4096 bytes",
  },
  {
      .name = "read-only sector",
      .layouts = { PHOTON },
      .image = "0 0x0800bfff 2",
      .code = JMP_ERROR_WRITE_PROTECTED,
      .part = "sector 0x08008000+0x4000 of Internal Flash (alt 0) cannot be written",
  },
  {
      .name = "device-protected memory",
      .layouts = { "@Internal Flash   /0x00000000/1*004Kb,47*004Kb" },
      .image = "0 0 4",
      .code = JMP_ERROR_WRITE_PROTECTED,
      .part = "sector 0x00000000+0x1000",
  },
  {
      .name = "memory that cannot be read back",
      .layouts = { "@Secret /0x08000000/4*1Kf" },
      .image = "0 0x08000000 4",
      .code = JMP_ERROR_READ_PROTECTED,
      .part = "cannot be read",
  },
  {
      .name = "option bytes",
      .layouts = { F405, OPTION_BYTES },
      .image = "0 0x08000000 4; 1 0x1fffc000 16",
      .code = JMP_ERROR_REFUSED,
      .part = "Option Bytes (alt 1) holds settings",
  },
  {
      .name = "one-time memory that an old ROM calls erasable",
      .layouts = { F405, OPTION_BYTES, OTP },
      .image = "2 0x1fff7800 16",
      .code = JMP_ERROR_REFUSED,
      .part = "OTP Memory (alt 2)",
  },
  {
      .name = "option bytes of an AT32",
      .layouts = { "@Option byte   /0x1FFFC000/01*4096 g" },
      .image = "0 0x1fffc000 16",
      .code = JMP_ERROR_REFUSED,
      .part = "Option byte (alt 0)",
  },
  {
      .name = "device features",
      .layouts = { FEATURE },
      .image = "0 0xffff0000 4",
      .code = JMP_ERROR_REFUSED,
      .part = "Device Feature",
  },
  {
      .name = "no such alt setting",
      .layouts = { F405 },
      .image = "3 0x08000000 4",
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "no alt setting 3",
  },
  {
      .name = "alt setting without a map",
      .layouts = { F405, "" },
      .image = "1 0x08000000 4",
      .code = JMP_ERROR_NOT_SUPPORTED,
      .part = "alt setting 1 has no memory map",
  },
};

static void
test_plan_flash_refuses (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_cases); i++) {
    const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
    JmpDfuInfo *board = kit_board_new (refused_cases[i].layouts);
    g_autoptr (JmpImage) image = kit_image_new (refused_cases[i].image);
    g_autoptr (GError) error = NULL;

    print_message ("  %s\n", refused_cases[i].name);
    assert_null (jmp_plan_flash (image, board, &options, &error));
    assert_error (error, JMP_ERROR, refused_cases[i].code, refused_cases[i].part);
    jmp_dfu_info_unref (board);
  }
}

static void
test_plan_flash_options (void **state)
{
  static const struct {
    const char *name;
    JmpPlanOptions options;
    const char *image;
    const char *expected;
  } cases[] = {
    {
        .name = "neither verify nor leave",
        .image = "0 0x08000000 32",
        .expected = "ERASE  alt 0 0x08000000 +0x4000\n"
                    "WRITE  alt 0 0x08000000 +0x0020 crc=91267e8a\n"
                    "TOTAL  erase 16384 sectors 1 write 32 blocks 1\n",
    },
    {
        .name = "leave address, although nothing is written where programs are",
        .options = { .verify = TRUE,
                     .leave = TRUE,
                     .has_leave_address = TRUE,
                     .leave_address = 0x08040000 },
        .image = "1 0 32",
        .expected = "ERASE  alt 1 0x00000000 +0x1000\n"
                    "WRITE  alt 1 0x00000000 +0x0020 crc=91267e8a\n"
                    "VERIFY alt 1 0x00000000 +0x0020 crc=91267e8a\n"
                    "LEAVE  0x08040000\n"
                    "TOTAL  erase 4096 sectors 1 write 32 blocks 1 verify 32\n",
    },
  };
  static const char *const layouts[] = { F405, SPI, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpDfuInfo *board = kit_board_new (layouts);
    g_autoptr (JmpImage) image = kit_image_new (cases[i].image);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &cases[i].options, &error);

    assert_no_error (error);
    check_plan (cases[i].name, plan, cases[i].expected);
    jmp_dfu_info_unref (board);
  }
}

/* Memory that cannot be read back may be written by who says so. */
static void
test_plan_flash_unreadable_without_verify (void **state)
{
  static const char *const layouts[] = { "@Secret /0x08000000/4*1Kf", NULL };
  const JmpPlanOptions options = { .verify = FALSE };
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 32");
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, &error);

  assert_no_error (error);
  check_plan ("unreadable",
              plan,
              "ERASE  alt 0 0x08000000 +0x0400\n"
              "WRITE  alt 0 0x08000000 +0x0020 crc=91267e8a\n"
              "TOTAL  erase 1024 sectors 1 write 32 blocks 1\n");
  jmp_dfu_info_unref (board);
}

static void
test_plan_boot_loader_must_be_able (void **state)
{
  static const char *const layouts[] = { F405, NULL };
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 32");
  g_autoptr (GError) error = NULL;

  board->attributes = JMP_DFU_CAN_DOWNLOAD;
  assert_null (jmp_plan_flash (image, board, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "read back");
  g_clear_error (&error);
  assert_null (jmp_plan_backup (board, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "read back");
  g_clear_error (&error);
  assert_null (jmp_plan_verify (image, board, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "read back");
  g_clear_error (&error);
  board->attributes = JMP_DFU_CAN_UPLOAD;
  assert_null (jmp_plan_flash (image, board, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "write");
  jmp_dfu_info_unref (board);
}

static void
test_plan_verify_reads_only (void **state)
{
  static const char *const layouts[] = { PHOTON, OPTION_BYTES, NULL };
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 0x4001; 1 0x1fffc000 8");
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_verify (image, board, &error);

  assert_no_error (error);
  check_plan ("verify",
              plan,
              "VERIFY alt 0 0x08000000 +0x4001 crc=ae27d19c\n"
              "VERIFY alt 1 0x1FFFC000 +0x0008 crc=35f62b81\n"
              "TOTAL  verify 16393\n");
  jmp_dfu_info_unref (board);
}

/* The sectors are what the window paints. */
static void
test_plan_sectors (void **state)
{
  static const char *const layouts[] = { F405, SPI, NULL };
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage)
      image = kit_image_new ("0 0x0800fff0 32; 0 0x08010100 16; 0 0x08000000 1; 1 0 1");
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, NULL);
  static const struct {
    guint8 alt;
    guint32 address;
    guint32 image_bytes;
  } expected[] = {
    { 0, 0x08000000, 1 },
    { 0, 0x0800C000, 16 },
    { 0, 0x08010000, 32 },
    { 1, 0x00000000, 1 },
  };
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  assert_int_equal (n_sectors, G_N_ELEMENTS (expected));
  for (guint i = 0; i < n_sectors; i++) {
    assert_int_equal (sectors[i].alt, expected[i].alt);
    assert_int_equal (sectors[i].sector.address, expected[i].address);
    assert_int_equal (sectors[i].image_bytes, expected[i].image_bytes);
    assert_int_equal (sectors[i].fate, JMP_FATE_ERASED | JMP_FATE_WRITTEN | JMP_FATE_VERIFIED);
  }
  jmp_dfu_info_unref (board);
}
int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_flash_steps),
    cmocka_unit_test (test_plan_flash_refuses),
    cmocka_unit_test (test_plan_flash_options),
    cmocka_unit_test (test_plan_flash_unreadable_without_verify),
    cmocka_unit_test (test_plan_boot_loader_must_be_able),
    cmocka_unit_test (test_plan_verify_reads_only),
    cmocka_unit_test (test_plan_sectors),
  };

  return cmocka_run_group_tests_name ("core/flash/plan", tests, NULL, NULL);
}
