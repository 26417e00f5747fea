"""Numbers in words, as official Indonesian papers write them."""

from __future__ import annotations

from datetime import date
from typing import Final

ONES: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MOST: Final = 9999


def in_words(number: int) -> str:
    """Return a number from 0 to 9999 in words: dua ribu dua puluh enam. Raises `ValueError` for any other."""
    if not 0 <= number <= MOST:
        raise ValueError(number)
    for size, one, many in ((1000, "seribu", "ribu"), (100, "seratus", "ratus")):
        if number >= size:
            head = one if number < 2 * size else f"{in_words(number // size)} {many}"
            return f"{head} {in_words(number % size)}" if number % size else head
    if number < 10:
        return ONES[number]
    if number < 12:
        return "sepuluh" if number == 10 else "sebelas"
    if number < 20:
        return f"{ONES[number - 10]} belas"
    return f"{ONES[number // 10]} puluh" + (f" {ONES[number % 10]}" if number % 10 else "")


def rank(number: int) -> str:
    """Return the place in an order: KESATU, KEDUA, KETIGA."""
    return f"KE{in_words(number).upper()}"


def roman(number: int) -> str:
    """Return a number from 1 to 39 in Roman numerals."""
    found = ""
    for value, sign in ROMAN:
        while number >= value:
            found, number = found + sign, number - value
    return found


def letter(index: int) -> str:
    """Return the letter of an item, counted from 0: a to z, then aa."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("a") + index % 26)


def day_in_words(day: date, month: str) -> str:
    """Return a day as an agreement names it; `month` is the name of its month."""
    weekday = WEEKDAYS[day.weekday()]
    words = f"tanggal {in_words(day.day)}, bulan {month}, tahun {in_words(day.year)}"
    return f"{weekday}, {words} ({day.day:02}-{day.month:02}-{day.year})"
