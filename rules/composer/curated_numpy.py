"""numpy as scripts of deployments that allow it have it: functions on arrays of numbers, no files, no pointers."""
import os

# One thread: the lock-down allows no other, and a run's time is counted.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy  # noqa: E402

_FUNCTIONS = (
    "abs absolute all allclose any append arange arccos arcsin arctan arctan2 argmax argmin argsort argwhere "
    "around array array_equal asarray atleast_1d atleast_2d average bincount ceil clip column_stack concatenate "
    "convolve copy corrcoef correlate cos cosh count_nonzero cov cross cumprod cumsum deg2rad degrees diag diff "
    "digitize dot e einsum exp exp2 expand_dims expm1 eye flatnonzero flip floor full full_like gradient histogram "
    "hstack hypot identity inf inner interp invert isclose isfinite isin isinf isnan linspace log log10 log1p log2 "
    "logical_and logical_not logical_or logspace matmul max maximum mean median meshgrid min minimum mod nan "
    "nan_to_num nanmax nanmean nanmedian nanmin nanpercentile nanstd nansum nonzero ones ones_like outer "
    "percentile pi polyfit polyval power prod ptp quantile rad2deg radians ravel repeat reshape roll rot90 round "
    "searchsorted sign sin sinh sort split sqrt square squeeze stack std sum swapaxes tan tanh tensordot tile trace "
    "transpose trapz tril triu unique unwrap var vstack where zeros zeros_like float32 float64 int8 int16 int32 int64 "
    "uint8 uint16 uint32 uint64 bool_ newaxis").split()
_LINEAR = "cholesky det eig eigh eigvals inv lstsq matrix_rank norm pinv qr slogdet solve svd".split()
_FOURIER = "fft fftfreq fftshift ifft irfft rfft rfftfreq".split()


def tables():
    """Name → {name: …} of numpy and its parts."""
    numpy.seterr(all="ignore")  # a warning would have nowhere to go
    return {"numpy": {name: getattr(numpy, name) for name in _FUNCTIONS},
            "numpy.linalg": {name: getattr(numpy.linalg, name) for name in _LINEAR},
            "numpy.fft": {name: getattr(numpy.fft, name) for name in _FOURIER}}


def attributes():
    """What arrays have."""
    return [name for name in dir(numpy.ndarray) if not name.startswith("_")]
