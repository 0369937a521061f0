/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/quirks.h"

/* A bcdDevice to match, 0 included; a row without one matches any. */
#define BCD(value) (0x10000u | (value))

/* A row of the table: what a device must be, and what is different about it then. Ids that are 0 and
 * patterns that are NULL match anything; patterns are those of g_pattern_match_simple(). */
typedef struct {
  guint16 vid;
  guint16 pid;
  guint16 pid_mask; /* 0: all bits of the pid count */
  guint32 bcd_device;
  const char *manufacturer;
  const char *serial;
  const char *layout;
  JmpQuirks quirks;
} Row;

#define GD32(letter, pages)                                               \
  {                                                                       \
    .vid = 0x28E9, .pid = 0x0189, .serial = "??" letter "*",              \
    .layout = "@Internal Flash*/512*002Kg*",                              \
    .quirks = {                                                           \
      .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS, \
      .layout = "@Internal Flash  /0x08000000/" pages "*001Kg",           \
      .name = "GD32, " pages " KiB",                                      \
    },                                                                    \
  }

/* Maple and stm32duino: revision 2.00 has a wrong bcdDFUVersion, and no revision is DfuSe. Each alt
 * setting is for programs that are linked for one address, which its string names */
#define MAPLE(pattern, ...)                                                                \
  {                                                                                        \
    .vid = 0x1EAF, .pid = 0x0003, .layout = pattern,                                       \
    .quirks = { .flags = JMP_QUIRK_NOT_DFUSE | JMP_QUIRK_DFU_1_1 | JMP_QUIRK_KEEPS_BLOCKS, \
                .name = "Maple, stm32duino",                                               \
                __VA_ARGS__ },                                                             \
  }

/* Flash and data EEPROM of STM32L0 and L1 are cells whose bits are all 0 when they are erased; all other
 * STM32 have 1 ("STM32L0/L1 uses EEPROM (erased = 0)", ST on community.st.com, "flash in
 * STM32L073RZ"; RM0367 and RM0038, "Flash program memory and data EEPROM"). Nothing else has pages of
 * 128 and 256 bytes, or this data memory. Some L0 parts of 128 KiB have the map of 192 */
#define ERASES_TO_ZERO(pattern, title, ...)                                                  \
  {                                                                                          \
    .layout = pattern, .quirks = { .erased = JMP_ERASED_ZEROS, .name = title, __VA_ARGS__ }, \
  }

/* The first row that matches counts, so what is narrow stands before what is wide. */
static const Row rows[] = {
  /* STM32MP1 and MP2 (ROM, TF-A, U-Boot): addresses of two digits are phase numbers; one file goes
   * to each alt setting, without address and without erase */
  { .layout = "@*/0x\?\?/*", .quirks = { .flags = JMP_QUIRK_NOT_DFUSE, .name = "STM32MP" } },
  ERASES_TO_ZERO (
      "@Internal Flash*/0x08000000/*?128g*", "STM32L0 ROM", .flags = JMP_QUIRK_MAP_MAY_LIE),
  ERASES_TO_ZERO (
      "@Internal Flash*/0x08000000/*?128 g*", "STM32L0 ROM", .flags = JMP_QUIRK_MAP_MAY_LIE),
  ERASES_TO_ZERO ("@Internal Flash*/0x08000000/*?256g*", "STM32L1 ROM", .flags = JMP_QUIRK_NONE),
  ERASES_TO_ZERO ("@Internal Flash*/0x08000000/*?256 g*", "STM32L1 ROM", .flags = JMP_QUIRK_NONE),
  ERASES_TO_ZERO ("@DATA Memory*/0x0808\?\?\?\?/*", "STM32L0 or L1 ROM", .flags = JMP_QUIRK_NONE),
  /* SPRacing H750: the early loader miscounts its sectors; these are the later one's */
  { .layout = "@External Flash*/0x90000000/1001*128Kg,3*128Kg,20*128Ka*",
    .quirks = { .layout = "@External Flash /0x90000000/998*128Kg,1*128Kg,4*128Kg,21*128Ka",
                .name = "SPRacing H750, early loader" } },
  /* MicroPython's mboot, whatever its ids: neither answers nor stalls the Get command */
  { .manufacturer = "MicroPython*",
    .quirks = { .flags = JMP_QUIRK_NO_GET_COMMANDS, .name = "MicroPython mboot" } },
  /* STM32L432 and L433: blocks of 2048 bytes stall; their count of four digits tells them from
   * STM32F3 parts with as many pages */
  { .vid = 0x0483,
    .pid = 0xDF11,
    .layout = "@Internal Flash*/0x08000000/0128*0002Kg*",
    .quirks = { .transfer_size = 1024, .name = "STM32L43x ROM" } },
  /* STM32C5: stalls a stray CLRSTATUS. H5 parts of the same size match too and take ABORT as well;
   * the mass erase is that of the row below */
  { .vid = 0x0483,
    .pid = 0xDF11,
    .bcd_device = BCD (0x0200),
    .layout = "@Internal Flash*/0x08000000/64*08Kg*",
    .quirks = { .flags = JMP_QUIRK_NO_CLEAR_STATUS | JMP_QUIRK_MASS_ERASE_IGNORED,
                .name = "STM32C5 ROM" } },
  /* STM32F76x and F77x with the flash in two banks (nDBANK = 0) still show the map of one; parts of
   * 1 MiB cannot be told from F74x, whose map is right */
  { .vid = 0x0483,
    .pid = 0xDF11,
    .layout = "@Internal Flash*/0x08000000/04*032Kg,01*128Kg,0\?*256Kg*",
    .quirks = { .flags = JMP_QUIRK_MAP_MAY_LIE, .name = "STM32F7 ROM, one bank or two" } },
  /* The new generation looks built on ST's open stack, which reports a mass erase and does none */
  { .vid = 0x0483,
    .pid = 0xDF11,
    .bcd_device = BCD (0x0200),
    .quirks = { .flags = JMP_QUIRK_MASS_ERASE_IGNORED, .name = "ST ROM, new generation" } },
  /* GD32VF103 and relatives: the map says 512 pages of 2 KiB; the page is 1 KiB, and the third
   * letter of the serial number says how many. They leave on the empty DNLOAD itself */
  GD32 ("2", "8"),
  GD32 ("4", "16"),
  GD32 ("6", "32"),
  GD32 ("8", "64"),
  GD32 ("B", "128"),
  GD32 ("D", "256"),
  /* Any other GD32: the map may be right, the rest is not */
  { .vid = 0x28E9,
    .pid = 0x0189,
    .quirks = { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS
                         | JMP_QUIRK_MAP_MAY_LIE,
                .name = "GD32" } },
  MAPLE ("*ERROR*RAM*", .refuses = "this boot loader does not load programs into RAM"),
  MAPLE ("*Flash 0x8005000*", .bases = { 0x08005000 }, .n_bases = 1, .also_erases = 0x08002000),
  MAPLE ("*Flash 0x8002000*", .bases = { 0x08002000 }, .n_bases = 1),
  MAPLE (NULL, .n_bases = 0),
  /* These need nothing but their names: what is strange about them, the layers above do for every
   * device. AT32 and APM32 have loose maps, the Black Magic Probe (6018: its program) erases from the
   * start of a sector alone, and Particle's second memory begins at address 0 */
  { .vid = 0x2E3C, .pid = 0xDF11, .quirks = { .name = "AT32 ROM" } },
  { .vid = 0x314B, .pid = 0x0106, .quirks = { .name = "APM32 ROM" } },
  { .vid = 0x1D50, .pid = 0x6017, .quirks = { .name = "Black Magic Probe" } },
  { .vid = 0x1D50,
    .pid = 0x6018,
    .quirks = { .flags = JMP_QUIRK_BOARD, .name = "Black Magic Probe" } },
  { .vid = 0x1D50, .pid = 0x607F, .quirks = { .name = "Spark Core" } },
  { .vid = 0x2B04, .quirks = { .name = "Particle" } },
  /* dapboot: plain DFU 1.1. Its variants for the end of the flash keep the program at the start, and
   * nothing tells which one it is */
  { .vid = 0x1209,
    .pid = 0xDB42,
    .quirks = { .flags = JMP_QUIRK_KEEPS_BLOCKS | JMP_QUIRK_BOARD,
                .bases = { 0x08002000, 0x08000000 },
                .n_bases = 2,
                .name = "dapboot" } },
  /* LPC: says run-time in DFU mode */
  { .vid = 0x1FC9,
    .pid = 0x000C,
    .quirks = { .flags = JMP_QUIRK_FORCE_DFU_MODE, .name = "NXP LPC" } },
  /* These report poll time-outs that mean nothing */
  { .vid = 0x1D50,
    .pid = 0x5119,
    .quirks = { .flags = JMP_QUIRK_BOARD, .poll_timeout_ms = 5, .name = "Openmoko Freerunner" } },
  { .vid = 0x16C0, .pid = 0x076B, .quirks = { .poll_timeout_ms = 5, .name = "OpenPCD" } },
  { .vid = 0x16C0, .pid = 0x0762, .quirks = { .poll_timeout_ms = 5, .name = "SIMtrace" } },
  { .vid = 0x16C0, .pid = 0x076C, .quirks = { .poll_timeout_ms = 5, .name = "OpenPICC" } },
  { .vid = 0x0908,
    .pid = 0x02C4,
    .bcd_device = BCD (0),
    .quirks = { .poll_timeout_ms = 5, .name = "Siemens PXM 40" } },
  { .vid = 0x0908,
    .pid = 0x02C5,
    .bcd_device = BCD (0),
    .quirks = { .poll_timeout_ms = 5, .name = "Siemens PXM 50" } },
  { .vid = 0x0763, .pid = 0x2806, .quirks = { .poll_timeout_ms = 5, .name = "M-Audio Transit" } },
  /* Atmel FLIP: the class code of DFU, and a protocol of its own */
  { .vid = 0x03EB,
    .pid = 0x2F00,
    .pid_mask = 0xFF00,
    .quirks = { .flags = JMP_QUIRK_NOT_DFU, .name = "Atmel FLIP" } },
  /* ST's ROM without anything to note */
  { .vid = 0x0483, .pid = 0xDF11, .quirks = { .erased = JMP_ERASED_ONES } },
};

static gboolean
matches_text (const char *pattern, const char *text)
{
  return pattern == NULL || (text != NULL && g_pattern_match_simple (pattern, text));
}

static gboolean
matches_ids (const Row *row, const JmpQuirkKey *key)
{
  guint16 mask = row->pid_mask != 0 ? row->pid_mask : 0xFFFF;

  return (row->vid == 0 || row->vid == key->vid) && (row->pid == 0 || row->pid == (key->pid & mask))
         && (row->bcd_device == 0 || row->bcd_device == BCD (key->bcd_device));
}

/**
 * jmp_quirks_lookup:
 * @key: what is known of the device
 *
 * What is different about a device. Rows that ask for a string which is not known do not match, so a
 * second look, with the strings, may say more.
 *
 * Returns: the first row's quirks that match; none, with a %NULL name, for a device without any, of
 *   whose memory nothing is known
 */
JmpQuirks
jmp_quirks_lookup (const JmpQuirkKey *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i];

    if (matches_ids (row, key) && matches_text (row->manufacturer, key->manufacturer)
        && matches_text (row->serial, key->serial) && matches_text (row->layout, key->layout))
      return row->quirks;
  }
  return (JmpQuirks){ .erased = JMP_ERASED_UNKNOWN };
}
